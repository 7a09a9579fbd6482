"""New recordings: what a reviewer is told of them, and how they are proposed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from hocsau_build.ci import propose_recordings as propose
from hocsau_build.ci import recordings as report

ROOT = Path(__file__).resolve().parents[2]


def recording(*texts, source="a", **facts):
    """A file as ``record`` writes it, with one cell for each text."""
    cells = [
        {"number": n, "source": source + str(n), "outputs": [
            {"output_type": "stream", "name": "stdout",
             "text": t.splitlines(keepends=True)}]}
        for n, t in enumerate(texts)
    ]  # fmt: skip
    device = {"name": "NVIDIA H100", "driver": "1", "cuda": "12.8", "test": False}
    return {"date": "2026-11-30", "seconds": 20.4, "device": device, "cells": cells,
            "versions": {"python": "3.11", "torch": "2.13.0"}, **facts}  # fmt: skip


@pytest.fixture
def folders(tmp_path):
    def put(old, new):
        for name, data in (("old", old), ("new", new)):
            (tmp_path / name / "mit").mkdir(parents=True, exist_ok=True)
            if data:
                text = json.dumps(data)
                (tmp_path / name / "mit/lab.json").write_text(text)
        return report.report(tmp_path / "old", tmp_path / "new")

    return put


def test_numbers_stand_side_by_side(folders):
    old = recording("epoch 1\nmất mát 0.50, đúng 97.1%\n")
    new = recording("epoch 1\nmất mát 0.40, đúng 97.1%\n", seconds=10.0)
    text = folders(old, new)
    assert "### mit/lab" in text
    assert "| 1 | mất mát …, đúng …% | 0.50 | 0.40 | -20.0% |" in text
    assert "97.1" not in text, "what did not move is not told"
    assert "| giây | 20 | 10 |" in text


@pytest.mark.parametrize(
    ("was", "now", "row"),
    [
        ("loss 0", "loss 2", "| loss … | 0 | 2 | từ 0 |"),
        ("n 10 000", "n 20 000", "| n … | 10 000 | 20 000 | +100.0% |"),
        ("lr 1e-3", "lr 2e-3", "| lr … | 1e-3 | 2e-3 | +100.0% |"),
        ("-1.5", "1.5", "| … | -1.5 | 1.5 | +200.0% |"),
        ("mèo", "chó", "| (chữ đổi) | mèo | chó |"),
        ("a\nb", "a\nc 1\nd", "| (chữ đổi) |  | d |"),
        ("seed 3 0.5", "seed 3 0.6", "| seed … … | 0.5 | 0.6 | +20.0% |"),
        ("3 128", "3 129", "| … | 3 128 | 3 129 |"),
        ("0.25 0.50", "0.25 0.75", "| … … | 0.50 | 0.75 | +50.0% |"),
        ("n 1\u202f000", "n 2\u202f000", "| n … | 1\u202f000 | 2\u202f000 | +100.0% |"),
        ("n = #", "n = 3", "| (chữ đổi) | n = &#35; | n = 3 |"),
        ("n 1_234", "n 2_468", "| n … | 1&#95;234 | 2&#95;468 | +100.0% |"),
        ("a \ue000 1", "a 3 2", "| a … … | 1 | 3 |"),
        ("conv2d 1", "conv2d 2", "| conv2d … | 1 | 2 |"),
    ],
)
def test_what_counts_as_moved(folders, was, now, row):
    assert row in folders(recording(was), recording(now))


def test_nothing_moved_is_an_empty_report(folders):
    assert folders(recording("1"), recording("1")) == ""


def test_only_the_day_changed_says_that_numbers_held(folders):
    text = folders(recording("1"), recording("1", date="2026-12-30"))
    assert "Mọi số in ra đều như cũ" in text and "| ngày | 2026-11-30 | 2026-12-30 |"


def test_a_first_recording_shows_all_its_lines(folders):
    text = folders({}, recording("CNN: đúng 99.1%\n\nFC: 97%", "xong"))
    assert "| máy | – | NVIDIA H100" in text
    rows = [line for line in text.splitlines() if "(mới)" in line]
    assert rows == [
        "| 1 | (mới) | | CNN: đúng 99.1% |  |",
        "| 1 | (mới) | | FC: 97% |  |",
        "| 2 | (mới) | | xong |  |",
    ]
    assert "Mọi số in ra đều như cũ" not in folders({}, recording(""))


def test_a_new_cell_shows_its_lines(folders):
    text = folders(recording("a 1"), recording("a 1", "b 2"))
    assert "| 2 | (mới) | | b 2 |  |" in text


def test_a_lost_recording_is_named(folders):
    assert "Bản ghi bị xóa" in folders(recording("1"), {})


def test_a_cell_is_found_again_by_its_text(folders):
    old = recording("giữ 1", "đi 2")
    new = recording("mới 5", "giữ 3")
    new["cells"][1]["source"] = old["cells"][0]["source"]
    new["cells"][0]["source"] = "khác"
    assert "| 2 | giữ … | 1 | 3 | +200.0% |" in folders(old, new)


def test_what_a_cell_printed_stays_data(folders):
    text = folders(recording("x"), recording("|[a](http://x) <img> @all `b`"))
    row = next(line for line in text.splitlines() if "chữ đổi" in line)
    assert not set("[<@`") & set(row) and row.count("|") == 6


def test_a_long_report_fits_a_pull_request(tmp_path, monkeypatch):
    (tmp_path / "book/_recordings").mkdir(parents=True)
    (tmp_path / "_toc.yml").touch()
    (tmp_path / "_config.yml").touch()
    monkeypatch.chdir(tmp_path)
    for n in range(300):
        text = json.dumps(recording(*[f"x {i} {n}" for i in range(9)]))
        (tmp_path / f"book/_recordings/{n}.json").write_text(text)
    assert report.main(str(tmp_path / "none"), "report.md") == 0
    assert len((tmp_path / "report.md").read_text("utf-8")) < 65_000


# --- the pull request

GH = """\
#!{python}
import json, pathlib, sys
home = pathlib.Path({home!r})
body = json.load(sys.stdin) if "--input" in sys.argv else None
with (home / "calls").open("a") as file:
    file.write(json.dumps([sys.argv[1:], body]) + "\\n")
print((home / "pulls").read_text() if "--slurp" in sys.argv else "null")
"""


@pytest.fixture
def upload(tmp_path, monkeypatch):
    """A clone, what the machine with the GPU uploaded, and a stand-in for ``gh``."""
    tool = tmp_path / "bin/gh"
    tool.parent.mkdir()
    tool.write_text(GH.format(python=sys.executable, home=str(tmp_path)))
    tool.chmod(0o755)
    (tmp_path / "pulls").write_text("[[]]")
    (tmp_path / "calls").touch()
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    monkeypatch.setenv("GITHUB_REPOSITORY", "o/n")
    monkeypatch.setenv("GITHUB_SERVER_URL", f"file://{tmp_path}/server")
    git("init", "-q", "--bare", str(tmp_path / "server/o/n"))
    git("init", "-q", "-b", "main", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    put(Path("book/_recordings/mit/a.json"), "cũ")
    put(Path("book/_recordings/mit/gone.json"), "cũ")
    put(Path("book/_recordings/.gitkeep"), "")
    git("add", ".")
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a")
    new = tmp_path / "new"
    put(new / "book/_recordings/mit/a.json", "mới")
    put(new / "book/_recordings/mit/a.0123456789abcdef.png", "hình")
    put(new / "report.md", "số đã đổi")
    return new


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def git(*args):
    done = subprocess.run(["git", *args], capture_output=True, text=True, check=True)
    return done.stdout


def calls(upload):
    lines = (upload.parent / "calls").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    return [(args, body) for args, body in found if body]


def test_a_pull_request_is_opened_with_the_report(upload):
    assert propose.main(str(upload)) == 0
    ((args, body),) = calls(upload)
    assert args[:2] == ["api", "repos/o/n/pulls"] and "POST" in args
    assert (body["base"], body["head"]) == ("main", "bot/recordings")
    assert body["body"] == "số đã đổi"
    server = str(upload.parent / "server/o/n")
    files = git("-C", server, "ls-tree", "-r", "--name-only", "bot/recordings")
    names = [n.removeprefix("book/_recordings/") for n in files.split()]
    assert names == [".gitkeep", "mit/a.0123456789abcdef.png", "mit/a.json"]


def test_the_open_pull_request_is_updated(upload):
    head = {"ref": "bot/recordings", "repo": {"full_name": "o/n"}}
    forked = {"ref": "bot/recordings", "repo": {"full_name": "la/n"}}
    pulls = [{"number": 3, "head": forked}, {"number": 4, "head": head}]
    (upload.parent / "pulls").write_text(json.dumps([pulls]))
    assert propose.main(str(upload)) == 0
    ((args, _),) = calls(upload)
    assert args[1] == "repos/o/n/pulls/4" and "PATCH" in args


def test_recordings_without_a_report_are_proposed(upload):
    (upload / "report.md").unlink()
    assert propose.main(str(upload)) == 0
    ((_, body),) = calls(upload)
    assert "không có bảng so" in body["body"]


def test_nothing_new_opens_nothing(upload):
    put(upload / "book/_recordings/mit/a.json", "cũ")
    put(upload / "book/_recordings/mit/gone.json", "cũ")
    (upload / "book/_recordings/mit/a.0123456789abcdef.png").unlink()
    assert propose.main(str(upload)) == 0
    assert not calls(upload)


def test_only_plain_recordings_are_taken(upload):
    folder = upload / "book/_recordings"
    put(folder / "x.html", "<script>")
    put(folder / "x.py", "import os")
    put(folder / "big.json", "x" * 1_100_000)
    (folder / "link.json").symlink_to("/etc/passwd")
    propose.main(str(upload))
    found = {p.name for p in Path("book/_recordings").rglob("*") if p.is_file()}
    assert found == {".gitkeep", "a.json", "a.0123456789abcdef.png"}


# --- the workflow


def test_the_machine_with_the_gpu_runs_main_only_and_cannot_write():
    text = (ROOT / ".github/workflows/gpu.yml").read_text("utf-8")
    flow = yaml.safe_load(text)
    assert set(flow[True]) == {"schedule", "workflow_dispatch"}
    owners = [j for j in flow["jobs"].values() if "self-hosted" in str(j["runs-on"])]
    (job,) = owners
    assert job["runs-on"] == {"group": "gpu", "labels": ["self-hosted", "gpu"]}
    assert job["permissions"] == {"contents": "read"}
    assert "GH_TOKEN" not in str(job) and "secrets" not in text
    (upload,) = [s for s in job["steps"] if "upload" in s.get("uses", "")]
    assert upload["if"] == "always()", "a report that fails loses no recording"
    for one in flow["jobs"].values():
        assert "github.ref == 'refs/heads/main'" in one["if"]


def test_no_other_workflow_uses_that_machine():
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        assert path.name == "gpu.yml" or "self-hosted" not in path.read_text("utf-8")
