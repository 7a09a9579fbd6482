"""A translated page: its licence, its people, its structure, and what a reader sees."""

from __future__ import annotations

import json

import pytest

from hocsau_build import check
from hocsau_build.__main__ import main
from hocsau_build.export.notebook import build
from hocsau_build.upstream import kept

SOURCE = """\
---
title: One
---

## First

$$a = b + c$$

## Second

```python
x = model(y)
```
"""
MAP = """\
course: thu
title_en: A course
title_vi: Một khóa
repository: {url}
translate: CC-BY-NC-SA-4.0
pages:
- {{id: thu/01, kind: lecture, title_en: One, title_vi: Một, topics: [một],
    lecturers: [Ann], source: {{path: docs/01.md, commit: {commit}}}}}
"""
PAGE = """\
---
kernelspec: {{name: python3, display_name: Python 3}}
hocsau:
  id: thu/01
  kind: lecture
  origin: translation
  translators: [Lan]
  source: {{course: thu, page: "01", commit: "{commit}"}}
  minutes: 5
  authors: [Ann]
  license: CC-BY-NC-SA-4.0
  updated: "2026-11-21"
---

# Một

## Mục tiêu

- Làm được ![hình riêng](rieng.png).

## Thứ nhất

$$a = b + c$$

## Thứ hai

```{{code-cell}} ipython3
x = 1
```

## Bài tập

$$z = 1$$
"""


@pytest.fixture
def book(mini, upstream):
    commit = upstream.commit(docs__01_md=SOURCE)[:10]
    mini.file("book/_syllabus/thu.yml", MAP.format(url=upstream.url, commit=commit))
    mini.pages.append("t01")
    mini.toc()

    def write(old: str = "", new: str = "") -> None:
        mini.file("book/t01.md", PAGE.format(commit=commit).replace(old, new))

    mini.write = write
    write()
    return mini


def found(book):
    rules = {"D01", "D02", "D03", "D04"}
    return [(p.rule, p.line, p.what) for p in check.everything(book.book, rules)]


def test_a_faithful_page_passes_once_its_outline_is_kept(book, capsys):
    assert [r for r, *_ in found(book)] == ["D03"]
    assert main(["outline"]) == 0
    assert "thu/01: 4 phần" in capsys.readouterr().out
    assert found(book) == []
    text = kept.place(book.root, "thu/01").read_text("utf-8")
    assert "First" not in text and "model" not in text  # no text of the source
    assert main(["outline"]) == 0 and capsys.readouterr().out == ""


def test_each_divergence_by_line_and_its_excuse(book):
    main(["outline"])
    book.write("$$a = b + c$$\n\n", "")
    assert found(book) == [("D04", 23, "thiếu công thức ở dòng 7 của bản gốc")]
    book.write("$$a = b + c$$\n\n## Thứ", "% bo-qua: D04 gốc viết hai lần\n## Thứ")
    assert found(book) == []
    book.write("## Thứ hai", "### Thứ hai")
    assert [(r, n) for r, n, _ in found(book)] == [("D04", 25)]


def test_a_translation_has_the_figures_of_its_source_and_need_not_add_any(book):
    def asked_for_more():
        return check.everything(book.book, {"S06"})

    main(["outline"])
    assert asked_for_more() == [] and found(book) == []
    book.write("origin: translation", "origin: original")
    assert [p.line for p in asked_for_more()] == [1]


def test_a_pull_request_is_not_failed_for_an_upstream_out_of_reach(book, monkeypatch):
    monkeypatch.setenv("GITHUB_EVENT_NAME", "pull_request")
    assert found(book) == []


def test_an_outline_of_another_commit_does_not_count(book, upstream):
    main(["outline"])
    old = upstream.git("rev-parse", "HEAD")[:10]
    new = upstream.commit(docs__01_md=SOURCE + "\n## Third\n")[:10]
    book.write(old, new)
    assert [r for r, *_ in found(book)] == ["D03"]
    main(["outline", "thu/01"])
    assert [(r, w) for r, _, w in found(book)] == [
        ("D04", "thiếu tiêu đề ở dòng 15 của bản gốc")
    ]


def test_licence_people_and_kind_are_asked_for(book):
    main(["outline"])
    book.write("license: CC-BY-NC-SA-4.0", "license: CC-BY-SA-4.0")
    assert found(book) == [("D02", 11, "cần license: CC-BY-NC-SA-4.0")]
    book.write("  translators: [Lan]\n")
    assert [(r, n) for r, n, _ in found(book)] == [("D01", 6)]
    book.write("origin: translation", "origin: original")
    assert found(book) == [
        ("D01", 11, "trang viết mới mà giấy phép là CC-BY-NC-SA-4.0")
    ]
    book.write("origin: translation", "origin: copy")
    assert found(book) == [("D01", 6, "origin lạ: copy")]


def test_the_exported_notebook_names_source_people_and_licence(book, upstream):
    text = build("book/t01", book.book, {}, "main")
    opening = json.loads(text)["cells"][0]["source"]
    shown = opening if isinstance(opening, str) else "".join(opening)
    commit = upstream.git("rev-parse", "HEAD")[:10]
    assert f"[One]({upstream.url}/blob/{commit}/docs/01.md) (Ann), A course" in shown
    assert "người dịch: Lan" in shown and "CC BY-NC-SA 4.0" in shown


def test_a_course_that_allows_no_translation(book):
    main(["outline"])
    path = book.root / "book/_syllabus/thu.yml"
    path.write_text(path.read_text("utf-8").replace("translate: CC-BY-NC-SA-4.0\n", ""))
    assert found(book) == [("D02", 11, "khóa này không cho dịch")]


def test_an_unknown_page_and_a_silent_repository(book, upstream, capsys):
    assert main(["outline", "thu/09"]) == 1
    assert "không có trang dịch" in capsys.readouterr().err
    upstream.folder.rename(upstream.folder.with_name("mat"))
    assert main(["outline"]) == 1
    assert "không lấy được" in capsys.readouterr().out
