"""``record`` end to end on mini-books: a stand-in device, whose recordings say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hocsau_build import chapter, recordings
from hocsau_build.__main__ import main
from hocsau_build.execute import plan
from hocsau_build.recording import digest, form

ROOT = Path(__file__).resolve().parents[2]
GPU = "tags: [gpu]"
PNG = """\
import base64
from IPython.display import Image
Image(base64.b64decode("{}"), format="png")"""
DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


@pytest.fixture
def book(gpu_mini):
    gpu_mini.module("pkg.a", "def fa():\n    return 1\n")
    gpu_mini.module("pkg.b", "def fb():\n    return 2\n")
    return gpu_mini


def record(*args):
    return main(["record", "--device", "test", *args])


def page(mini, name="p", body="print(seed * 10 + fa())", before="seed = 5"):
    """A page with one GPU cell, after a module's import; a CPU cell after it."""
    first = f"from pkg.a import fa\n{before}"
    return mini.page(name, cell(first), cell(body, GPU), cell("print('sau')"))


def look(mini, doc="book/p"):
    path = mini.book.path(doc)
    return recordings.look(chapter.load(path, mini.book.show(path)), mini.book)


def state(mini, doc="book/p"):
    return look(mini, doc).state


def data(mini, name="p"):
    return json.loads((mini.root / f"book/_recordings/{name}.json").read_text("utf-8"))


def text(mini):
    seen = look(mini)
    (index,) = seen.cells
    return "".join(o.get("text", "") for o in recordings.outputs(seen, index))


def test_a_recording_holds_outputs_and_provenance(book, capsys):
    doc = page(book)
    key = plan(doc, book.book).key
    assert state(book) == "missing"
    assert record() == 0
    said = capsys.readouterr().out
    assert "book/p.md: chưa ghi, 1 ô gpu" in said
    assert "tổng thời gian trên thiết bị" in said and "thiết bị thử" in said
    assert state(book) == "fresh"
    assert text(book) == "51\n"
    found = data(book)
    assert found["page"] == doc and found["device"]["test"] is True
    (only,) = found["cells"]
    assert (only["number"], only["seeds"]) == (1, [])
    assert {"digest", "seconds", "peak_mb"} <= set(only)
    assert set(found["versions"]) == {"python", "torch"}
    assert plan(doc, book.book).key == key, "a recording is no part of the page's key"


@pytest.mark.parametrize(
    ("body", "seeds"),
    [
        ("torch.manual_seed(3)", [3]),
        ("rng = np.random.default_rng(2)\ndraw(seed=7)", [2, 7]),
        ("seed = 4\ntorch.manual_seed(seed)", [4]),
        ("for seed in range(5):\n    torch.manual_seed(seed)", []),
        ("seed = 4\ndef go(seed):\n    torch.manual_seed(seed)", []),
        ("torch.manual_seed(0)\ntorch.manual_seed(first + 1)", []),
        ("X = torch.randn(3)", []),
        ("%magic\ntorch.manual_seed(1)", [1]),
    ],
)
def test_the_seed_is_that_of_the_cell_or_none(book, body, seeds):
    page(book, body=body, before="torch.manual_seed(9)\nseed = 9")
    (index,) = look(book).cells
    assert digest.seeds(look(book).chapter, index) == seeds


def test_the_file_is_diff_friendly_and_readable_by_all(book):
    page(book, body="print('một')\nprint('hai')")
    record()
    path = book.root / "book/_recordings/p.json"
    lines = path.read_text("utf-8").splitlines()
    assert '"một\\n",' in [line.strip() for line in lines], "one line of text a line"
    assert max(map(len, lines)) < 100
    assert path.stat().st_mode & 0o444 == 0o444


def test_exactly_the_recordings_of_a_changed_module_are_stale(book):
    page(book)
    code = "from pkg.b import fb\nprint(fb())"
    book.page("q", cell(code, GPU), cell("from pkg.a import fa"))
    record()
    assert (state(book), state(book, "book/q")) == ("fresh", "fresh")
    book.module("pkg.a", "def fa():\n    return 100\n")
    assert state(book) == "stale"
    assert state(book, "book/q") == "fresh", "it uses pkg.a only after its GPU cell"
    book.module("pkg.a", "# lời bình\ndef fa():\n    return 1\n")
    assert state(book) == "fresh", "a revert, and a comment, do not count"


@pytest.mark.parametrize(
    ("change", "then"),
    [
        ({"before": "seed = 6"}, "stale"),
        ({"body": "print(fa())"}, "stale"),
        ({}, "fresh"),
    ],
)
def test_code_before_and_of_the_cell_counts(book, change, then):
    page(book)
    record()
    page(book, **change)
    assert state(book) == then


def test_prose_display_tags_and_later_cells_do_not_count(book):
    page(book)
    record()
    gpu = cell("print(seed * 10 + fa())", "tags: [gpu, hide-input]")
    first = cell("from pkg.a import fa\nseed = 5")
    book.page("p", first, gpu, cell("print('khác')"), prose="Lời khác hẳn.\n\n")
    assert state(book) == "fresh"


def test_a_new_gpu_cell_is_missing_and_the_old_one_stays_fresh(book):
    page(book)
    record()
    path = book.root / "book/p.md"
    path.write_text(path.read_text("utf-8") + cell("print(1)", GPU), "utf-8")
    assert [s for _, s in look(book).cells.values()] == ["fresh", "missing"]
    assert state(book) == "missing"


def test_pictures_are_files_named_by_their_content(book):
    page(book, body=PNG.format(DOT))
    record()
    (name,) = [p.name for p in (book.root / "book/_recordings").glob("*.png")]
    assert form.picture_pattern(Path("p.json")).fullmatch(name)
    assert look(book).state == "fresh"
    page(book, body="print('không hình')")
    record()
    assert not list((book.root / "book/_recordings").glob("*.png")), "the old one goes"


def test_a_heavy_picture_is_refused_and_the_old_recording_stays(book, capsys):
    page(book)
    record()
    before = data(book)
    noise = (
        "import os, matplotlib\nmatplotlib.use('agg')\nimport io\n"
        "from PIL import Image as I\nfrom IPython.display import Image\n"
        "out = io.BytesIO()\n"
        "I.frombytes('RGB', (400, 400), os.urandom(480000)).save(out, 'png')\n"
        "Image(out.getvalue(), format='png')"
    )
    page(book, body=noise)
    assert record() == 1
    assert "300 kB" in capsys.readouterr().err
    assert data(book) == before


def test_a_failing_page_keeps_its_old_recording(book, capsys):
    page(book)
    page(book, "q")
    record()
    before = data(book)
    page(book, body="print('dở')\n1 / 0")
    page(book, "q", before="seed = 7")
    assert record() == 1
    assert data(book) == before and state(book, "book/q") == "stale"
    error = capsys.readouterr().err
    lines = (book.root / "book/p.md").read_text("utf-8").splitlines()
    line = lines.index("1 / 0") + 1
    assert error.startswith(f"book/p.md:{line}  E-RUN") and "ZeroDivision" in error
    assert record("--keep-going") == 1
    assert state(book, "book/q") == "fresh"


def test_dry_run_and_only_stale_say_what_would_run(book, capsys):
    page(book)
    page(book, "q")
    assert record("book/q.md") == 0
    capsys.readouterr()
    assert main(["record", "--only-stale", "--dry-run"]) == 0, "no GPU needed"
    said = capsys.readouterr().out
    assert "book/p.md: chưa ghi" in said and "book/q" not in said
    assert "1 trang sẽ được ghi" in said
    assert not (book.root / "book/_recordings/p.json").exists()
    record("--only-stale")
    capsys.readouterr()
    assert record("--only-stale") == 0
    assert "Không có gì phải ghi" in capsys.readouterr().out


def test_a_page_without_gpu_cells_is_refused_by_name(book, capsys):
    book.page("p", cell("1"))
    assert record("book/p.md") == 1
    assert "R-NONE" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("device", "why"),
    [("cuda", "CUDA"), ("cuda:0", "CUDA"), ("tpu", "không hiểu thiết bị")],
)
def test_no_cuda_is_a_clear_refusal(book, capsys, monkeypatch, device, why):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")  # a machine with a GPU: none seen
    page(book)
    assert main(["record", "--device", device]) == 1
    error = capsys.readouterr().err
    assert error.startswith("record:1  R-CUDA") and why in error
    assert state(book) == "missing"


def test_the_home_of_who_recorded_is_not_published(book, monkeypatch):
    home = book.root / "nha"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    body = (
        "from pathlib import Path\nprint(Path.home(), Path.home() / 'x')\n"
        "Path.home() / 'y'"
    )
    page(book, body=body)
    assert record() == 0
    assert "nha" not in json.dumps(data(book)["cells"])
    first, second = data(book)["cells"][0]["outputs"]
    assert first["text"] == ["~ ~/x\n"]
    assert second["data"]["text/plain"] == ["PosixPath('~/y')"]


def test_undeclared_data_stops_a_recording(book, capsys):
    book.file("book/so.csv", "1\n")
    page(book, body="print(open('so' + '.' + 'csv').read())")
    assert record() == 1
    assert "E-DATA" in capsys.readouterr().err
