"""Recordings and exercises where a reader meets them: the site and the notebook."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hocsau_build import recordings
from hocsau_build.export import writer

COMMAND = Path(sys.executable).with_name("jupyter-book")
GLUE = "application/papermill.record/"


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


def html(mini):
    """The page p, after a build in which a warning is an error."""
    command = [str(COMMAND), "build", ".", "-q", "--warningiserror"]
    done = subprocess.run(command, cwd=mini.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return (mini.root / "_build/html/book/p.html").read_text("utf-8")


def plain(page):
    return re.sub(r"<[^>]+>", "", page)


def glued(text):
    return {
        "output_type": "display_data", "data": {GLUE + "text/plain": repr(text)},
        "metadata": {"scrapbook": {"name": "so", "mime_prefix": GLUE}},
    }  # fmt: skip


def printed(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


def test_a_page_follows_its_recording_at_every_build(gpu_mini):
    gpu_mini.page("p", cell("x = 1"), cell("print(x)", "tags: [gpu]"))
    first = html(gpu_mini)
    assert "chưa ghi trên GPU" in first and "colab.research.google.com" in first
    path = gpu_mini.recorded(printed("chín mươi\n"))
    second = html(gpu_mini)
    assert "chín mươi" in second and "Ghi trên thiết bị thử" in second
    assert "chưa ghi" not in plain(second)
    gpu_mini.recorded(printed("chín mốt\n"))
    assert "chín mốt" in html(gpu_mini)
    path.unlink()
    last = html(gpu_mini)
    assert "chưa ghi trên GPU" in last and "chín mốt" not in last


def test_an_unchanged_recording_is_not_read_again(gpu_mini):
    gpu_mini.recorded()
    before = recordings.stamp("book/p", gpu_mini.book)
    (gpu_mini.root / "book/_recordings/q.json").write_text("{}")
    assert recordings.stamp("book/p", gpu_mini.book) == before
    gpu_mini.recorded(printed("khác"))
    assert recordings.stamp("book/p", gpu_mini.book) != before


def notebook(mini, name="p"):
    writer.write(mini.book)
    assert writer.check(mini.book) == []
    data = json.loads((mini.root / f"notebooks/{name}.ipynb").read_text("utf-8"))
    cells = data["cells"]
    return "\n".join("".join(c["source"]) for c in cells), cells


def test_the_notebook_says_where_the_page_got_its_output(gpu_mini):
    gpu_mini.recorded()
    text, cells = notebook(gpu_mini)
    assert "Ghi trên thiết bị thử, 30/11/2026, 12 giây; Bộ nhớ GPU" in text
    assert not any(c.get("outputs") for c in cells)
    gpu_mini.module("pkg.a", "")
    gpu_mini.page("p", cell("x = 2"), cell("print(x)", "tags: [gpu]"))
    assert [p.rule for p in writer.check(gpu_mini.book)] == ["X-OLD"]
    assert "đã cũ" in notebook(gpu_mini)[0]
    (gpu_mini.root / "book/_recordings/p.json").unlink()
    assert "chưa ghi trên GPU" in notebook(gpu_mini)[0]


@pytest.mark.parametrize(
    ("recorded", "wanted"), [(True, "Số 97.10%."), (False, "Số chưa ghi trên GPU.")]
)
def test_a_result_in_the_prose_comes_from_the_recording(gpu_mini, recorded, wanted):
    prose = "Số {glue:text}`so`.\n\n"
    code = 'from hocsau.notebook import glue\nglue("so", "97.10%")'
    if recorded:
        gpu_mini.recorded(glued("97.10%"))
    made = gpu_mini.root / "book/_recordings/p.json"
    gpu_mini.page("p", cell("x = 1"), cell(code, "tags: [gpu]"), prose=prose)
    assert made.exists() is recorded
    assert wanted in plain(html(gpu_mini))
    assert wanted in notebook(gpu_mini)[0]


def test_the_page_links_to_the_exercise_in_three_ways(mini, monkeypatch):
    config = (mini.root / "_config.yml").read_text()
    config = config.replace("[hocsau_build.reader]", "[hocsau_build.sphinxext]")
    root = Path(__file__).resolve().parents[2]
    keep = f"    templates_path: [{root}/book/_templates]\n"
    mini.file("_config.yml", config + keep + "    html_math_renderer: hocsau_katex\n")
    check = cell('assert x == 1, "x phải là 1"', "tags: [check-gap]")
    mini.page("p", cell("x = 1  # ĐIỀN: số một"), check)
    page = html(mini)
    name = "notebooks/p-bai-tap.ipynb"
    for url in ("colab.research.google.com/github/thu/sach/blob/main/" + name,
                "mybinder.org/v2/gh/thu/sach/main?urlpath=lab%2Ftree%2Fnotebooks%2Fp-bai",
                "raw.githubusercontent.com/thu/sach/main/" + name):  # fmt: skip
        assert url in page, url
    assert "ĐIỀN" not in page
