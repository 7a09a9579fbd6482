"""``status``: what exists of each page of the maps, for people and for machines."""

from __future__ import annotations

import json
import subprocess

import pytest

from hocsau_build.__main__ import main
from hocsau_build.execute import execute

MAP = """\
course: thu
title_en: A course
title_vi: Một khóa
pages:
""" + "".join(
    f"  - {{id: thu/0{n}, kind: lecture, title_en: P{n}, title_vi: Trang {n}, "
    "topics: [một, hai, ba]}\n"
    for n in range(1, 6)
)
HEAD = """\
---
kernelspec: {{name: python3, display_name: Python 3}}
hocsau:
  id: thu/0{number}
{extra}  kind: lecture
  minutes: 5
  authors: [Người thử]
  license: CC-BY-SA-4.0
  updated: "2026-11-21"
---

# Trang {number}

"""
CELL = "```{code-cell} ipython3\n1 + 1\n```\n"


@pytest.fixture
def book(mini):
    mini.file("book/_syllabus/thu.yml", MAP)

    def page(number, body, extra=""):
        head = HEAD.format(number=number, extra=extra)
        mini.file(f"book/t{number}.md", head + body)
        mini.pages.append(f"t{number}")
        mini.toc()

    mini.write = page
    page(1, "% topic: 1, 2\n\n" + CELL)
    page(2, "chỉ chữ\n")
    page(3, "% topic: 3\n% topic: 9\n", "  state: reviewed\n")
    page(4, "% topic: 1\n\n```{code-cell} ipython3\n:embed: pkg.la:x\n```\n")
    return mini


def status(capsys, *args):
    assert main(["status", *args]) == 0
    return capsys.readouterr().out


def rows(capsys):
    return {r["id"]: r for r in json.loads(status(capsys, "--json"))}


def test_each_state_is_told(book, capsys):
    found = rows(capsys)
    told = {
        i: (r["state"], r["topics"], r["of_topics"], r["run"]) for i, r in found.items()
    }
    assert told == {
        "thu/01": ("draft", 2, 3, "stale"),
        "thu/02": ("skeleton", 0, 3, "none"),
        "thu/03": ("reviewed", 1, 3, "none"),
        "thu/04": ("draft", 1, 3, "broken"),
        "thu/05": ("absent", 0, 3, ""),
    }


def test_running_a_page_makes_it_fresh_and_editing_stale(book, capsys):
    assert execute(book.book, ["book/t1"], say=lambda *_: None) == []
    assert rows(capsys)["thu/01"]["run"] == "fresh"
    path = book.root / "book/t1.md"
    path.write_text(path.read_text().replace("1 + 1", "1 + 2"))
    assert rows(capsys)["thu/01"]["run"] == "stale"


def test_last_change_comes_from_git(book, capsys):
    git = ["git", "-C", str(book.root), "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "book/t1.md"], check=True)
    date = "2026-03-04T12:00:00+00:00"
    subprocess.run(
        [*git, "commit", "-qm", "a"], check=True,
        env={"PATH": "/usr/bin:/bin", "GIT_COMMITTER_DATE": date},
    )  # fmt: skip
    found = rows(capsys)
    assert found["thu/01"]["changed"] == "2026-03-04"
    assert found["thu/02"]["changed"] == "chưa commit"
    assert found["thu/05"]["changed"] == ""


def test_for_people_one_line_a_page_and_the_sums(book, capsys):
    text = status(capsys, "thu")
    assert "2/3 chủ đề" in text and "đã duyệt" in text and "chưa có: 05" in text
    assert "5 trang: 1 chưa có, 1 khung, 2 nháp, 1 đã duyệt; 4/15 chủ đề" in text


def test_an_unknown_course_names_the_known(book, capsys):
    assert main(["status", "la"]) == 1
    assert "thu" in capsys.readouterr().err


def test_a_book_without_maps_has_no_rows(mini, capsys):
    assert json.loads(status(capsys, "--json")) == []
