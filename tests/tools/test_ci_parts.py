"""Figures before and after, findings, and the description."""

from __future__ import annotations

import json
import subprocess

import pytest

from hocsau_build import execute
from hocsau_build.__main__ import main
from hocsau_build.ci import comment, figures, report, template, untrusted

PULL = {
    "number": 7, "labels": [], "body": "",
    "head": {"sha": "a" * 40, "repo": {"full_name": "o/n"}},
}  # fmt: skip
FIGURE = """\
```{{code-cell}} ipython3
---
mystnb:
  figure: {{name: fig-a, caption: Hình.}}
  image: {{alt: Một hình.}}
---
from IPython.display import SVG
SVG('<svg xmlns="http://www.w3.org/2000/svg"><circle r="{0}"/></svg>')
```
"""


def git(root, *args):
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    command = ["git", "-C", str(root), *who, *args]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def branch(mini):
    """A commit with an executed page, and a second page beside it."""
    mini.file(".gitignore", "_build\n")
    mini.page("p", FIGURE.format(1))
    mini.page("q", "```{code-cell} ipython3\n1\n```\n")
    git(mini.root, "init", "-q", "-b", "main")
    git(mini.root, "add", ".")
    git(mini.root, "commit", "-qm", "a")
    mini.base = git(mini.root, "rev-parse", "HEAD")
    assert execute.execute(mini.book, say=lambda _: None) == []
    return mini


def told(mini):
    git(mini.root, "add", ".")
    git(mini.root, "commit", "-qm", "b")
    out = mini.root / "_build/report.json"
    assert report.main(mini.base, str(out)) == 0
    return untrusted.read(out)


def test_changed_figures_stand_beside_each_other(branch):
    branch.page("p", FIGURE.format(2))
    assert execute.execute(branch.book, say=lambda _: None) == []
    found = told(branch)
    assert found["figures"] == [
        {"doc": "book/p", "name": "fig-a", "number": 1, "truoc": "svg", "sau": "svg"}
    ]
    (page,) = found["pages"]
    assert page["ran"] and page["seconds"] > 0
    folder = branch.root / "_build/html/thay-doi"
    assert 'r="1"' in (folder / "1-truoc.svg").read_text()
    assert 'r="2"' in (folder / "1-sau.svg").read_text()
    assert 'src="1-sau.svg"' in (folder / "index.html").read_text("utf-8")
    assert not (branch.root / "_build/base").exists()
    assert git(branch.root, "worktree", "list").count("\n") == 0


def test_prose_changes_no_figure_and_runs_nothing(branch):
    branch.page("p", FIGURE.format(1), prose="Lời khác.\n\n")
    assert execute.execute(branch.book, say=lambda _: None) == []
    found = told(branch)
    assert [(p["doc"], p["ran"]) for p in found["pages"]] == [("book/p", False)]
    assert found["figures"] == [] and found["unknown"] == []


def test_a_new_page_has_only_an_after_and_a_lost_store_is_said(branch):
    branch.page("moi", FIGURE.format(3))
    assert execute.execute(branch.book, say=lambda _: None) == []
    (new,) = told(branch)["figures"]
    assert (new["doc"], new.get("truoc"), new["sau"]) == ("book/moi", None, "svg")
    branch.page("p", FIGURE.format(5))
    for path in branch.book.store.rglob("*.json"):
        path.unlink()
    assert execute.execute(branch.book, say=lambda _: None) == []
    assert told(branch)["unknown"] == ["book/p"]


def test_what_stops_the_build_is_still_told(branch):
    path = branch.root / "book/q.md"
    text = path.read_text("utf-8").replace('"2026-11-21"', "2026-11-21")
    path.write_text(text, "utf-8")
    assert main(["book"]) == 1
    found = told(branch)
    assert "H03" in {line.split("  ")[1] for line in found["findings"]}
    assert {p["doc"] for p in found["pages"]} >= {"book/q"}


def picture(data: str, kind="svg"):
    return figures.Picture(kind, data.encode())


def test_what_counts_as_changed():
    old = {"a": picture("1"), "b": picture("1"), "d": picture("1")}
    new = {"b": picture("1"), "c": picture("1"), "d": picture("2")}
    assert [n for n, *_ in figures.changed(old, new)] == ["c", "d", "a"]


def test_a_heavy_picture_and_too_many_are_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "MOST_BYTES", 3)
    monkeypatch.setattr(figures, "MOST", 2)
    found = [(n, picture("1"), picture("12345")) for n in "abc"]
    rows = figures.write(tmp_path, "book/p", found)
    assert [(r["truoc"], r["sau"]) for r in rows] == [("svg", None)] * 2


def comment_of(data, pull=PULL):
    return comment.body(untrusted.read(data), pull, comment.Run(5, True, True))


@pytest.fixture
def report_of(tmp_path, github):
    def write(**more):
        path = tmp_path / "report.json"
        data = {"pages": [], "check": 0, **more}
        path.write_text(json.dumps(data), "utf-8")
        return path

    return write


FIGURES = [
    {"doc": "book/p", "name": "fig-a", "number": 1, "truoc": "svg", "sau": "png"},
    {"doc": "book/p", "name": '"><script>', "number": 2, "truoc": "svg"},
    {"doc": "book/../x", "name": "fig-b", "number": 3, "sau": "svg"},
    {"doc": "book/p", "name": "fig-c", "number": "4/../../x", "sau": "svg"},
    {"doc": "book/p", "name": "fig-d", "number": 5, "sau": "html"},
]


def test_the_comment_shows_pictures_where_there_is_a_preview(report_of):
    text = comment_of(report_of(figures=FIGURES))
    base = "https://o.github.io/n/xem-truoc/7/thay-doi/"
    assert f"[1 hình đổi]({base}index.html)" in text
    assert f'<img src="{base}1-truoc.svg" width="300" alt="">' in text
    assert f'src="{base}1-sau.png"' in text
    assert "script" not in text and ".html" in text and "5-sau" not in text


def test_without_a_preview_it_says_where_to_look(report_of):
    fork = {**PULL, "head": {"sha": "a" * 40, "repo": {"full_name": "la/n"}}}
    text = comment_of(report_of(figures=FIGURES), fork)
    assert "fig-a (book/p)" in text and "<img" not in text
    assert "thay-doi/index.html" in text and "nhãn xem-truoc" in text


def test_findings_are_code_and_nothing_else(report_of):
    evil = {"path": "a.md\n```\n@all", "line": 3, "rule": "C01",
            "what": "```\n<img src=x> [x](http://x)", "remedy": "`rm`"}  # fmt: skip
    good = {"path": "book/a.md", "line": 3, "rule": "C03", "what": "ảnh", "remedy": "s"}
    text = comment_of(report_of(check=60, findings=[good, evil]))
    lines = text.splitlines()
    start, end = (n for n, line in enumerate(lines) if line.startswith("```"))
    assert lines[start + 1] == "book/a.md:3  C03  ảnh — s"
    assert "@all" in lines[start + 2] and lines[start + 3] == "… và 58 điều nữa"
    assert end == start + 4 and text.count("```") == 2


def test_what_ran_again_and_how_long(report_of):
    pages = [{"doc": "book/p", "title": "P", "seconds": 3.0, "ran": True},
             {"doc": "book/q", "title": "Q", "seconds": 9.0, "ran": False}]  # fmt: skip
    text = comment_of(report_of(pages=pages))
    assert "| có | 3.0 s |" in text and "| không cần | 9.0 s |" in text
    assert "Chạy lại 1 trang, hết 3.0 s." in text


TEMPLATE = """\
Trang đổi: <!-- máy: trang --> (máy điền) <!-- /máy -->
- [ ] soát <!-- máy: soát -->
- [x] dựng <!-- máy: dựng -->
- [ ] Tôi đã đọc
"""


def test_the_machine_fills_its_part_of_the_description():
    data = {"check": 0, "pages": [{"doc": "book/p"}]}
    text = template.fill(TEMPLATE, data, good=False)
    assert "- [x] soát" in text and "- [ ] dựng" in text and "- [ ] Tôi" in text
    assert "máy: trang --> `book/p` <!-- /máy" in text
    again = template.fill(text, {"check": 2, "pages": []}, good=True)
    assert "- [ ] soát" in again and "- [x] dựng" in again
    assert "không trang nào" in again and "book/p" not in again
    assert template.fill("của tôi", data, True) == "của tôi"
    assert "- [ ] soát" in template.fill(TEMPLATE, None, True)


def test_the_template_of_the_repository_has_the_marks(github):
    path = report.Path(__file__).parents[2] / ".github/pull_request_template.md"
    text = path.read_text("utf-8")
    filled = template.fill(text, {"check": 0, "pages": []}, True)
    assert filled.count("- [x]") == 2 and "(máy điền)" not in filled


def test_the_description_is_written_only_when_it_changes(github):
    for body, verbs in ((TEMPLATE, ["POST", "PATCH"]), ("của tôi", ["POST"])):
        (github.home / "calls.jsonl").unlink(missing_ok=True)
        github.answer(pulls=[{**PULL, "body": body}])
        data = json.dumps({"pages": [], "check": 0})
        github.artifact(5, "bao-cao", "report.json", data)
        assert comment.main() == 0
        assert [verb for _, verb, _ in github.writes] == verbs
