"""Rules on where a page's text comes from: written here, or translated.

A translation keeps its source's licence, names its translators, and has the source's
headings, equations, figures and code in the same order. Sections that only this book
has (goals, exercises, …) and hidden cells are not compared.
"""

from __future__ import annotations

import os
import re

from .. import syllabus
from ..upstream import align, kept, outline
from .head import line_of
from .page import Page
from .rule import Source, rule

ORIGINS = ("original", "translation")
OWN_LICENCE = "CC-BY-SA-4.0"
#: Sections of a page of this book that its upstream need not have.
OWN_SECTIONS = re.compile(
    r"Mục tiêu|Lỗi thường gặp|Tóm tắt|Bài tập|Tự kiểm tra|Đọc thêm", re.I
)
ORIGINAL = "# One\n\n## First\n\n$$a = b + c$$\n\n## Second\n\n$$x = y$$\n"
TRANSLATED = """\
---
kernelspec: {name: python3, display_name: Python 3}
hocsau:
  id: thu/01
  kind: guide
  origin: translation
  translators: [Tên]
  source: {course: thu, page: "01", commit: "3049c832"}
  minutes: 5
  authors: [Ann]
  license: CC-BY-NC-SA-4.0
  updated: "2026-11-21"
---

# Một

```{code-cell} ipython3
:tags: [remove-cell]
```

## Thứ nhất

$$a = b + c$$

## Thứ hai

$$x = y$$
"""
MAP = """\
course: thu
title_en: A course
title_vi: Một khóa
repository: https://example.org/course
translate: CC-BY-NC-SA-4.0
pages:
- {id: thu/01, kind: lecture, title_en: One, title_vi: Một, topics: [một],
    lecturers: [Ann], source: {path: 01.md, commit: 3049c832}}
"""


def book(old: str = "", new: str = "", outlined: bool = True) -> dict[str, str]:
    """A translation of ``ORIGINAL``, the course's map, and the kept outline."""
    found = kept.Outline("01.md", "3049c832", tuple(outline.of_text(ORIGINAL)))
    files = {
        "book/a.md": TRANSLATED.replace(old, new),
        f"{syllabus.PLACE}/thu.yml": MAP,
    }
    return (
        {**files, f"{kept.PLACE}/thu/01.json": kept.dump(found)} if outlined else files
    )


def translated(page: Page) -> bool:
    return page.facts.get("origin") == "translation"


@rule(
    "D01",
    title="trang nói rõ là viết mới hay dịch; trang dịch nêu người dịch và bản gốc",
    why="giấy phép và ghi công của hai loại khác nhau",
    fix="origin: original với CC-BY-SA-4.0, hoặc origin: translation, translators: "
    "và source: có course, page, commit",
    good=book(),
    bad=book("  translators: [Tên]\n"),
)
def origin(page: Page):
    facts = page.facts
    if not facts.get("id"):
        return
    said = facts.get("origin", "original")
    if said not in ORIGINS:
        yield line_of(page, "origin"), f"origin lạ: {said}"
    elif said == "translation":
        yield from _needed(page)
    elif facts.get("license", OWN_LICENCE) != OWN_LICENCE:
        line = line_of(page, "license")
        yield line, f"trang viết mới mà giấy phép là {facts['license']}"


def _needed(page: Page):
    facts, line = page.facts, line_of(page, "origin")
    names = facts.get("translators")
    if not isinstance(names, list) or not any(str(n or "").strip() for n in names):
        yield line, "trang dịch thiếu translators (tên người dịch)"
    source = facts.get("source")
    for key in ("course", "page", "commit"):
        if not isinstance(source, dict) or not source.get(key):
            yield line_of(page, "source"), f"trang dịch thiếu {key} trong source"


@rule(
    "D02",
    title="trang dịch mang giấy phép của bản gốc",
    why="bản gốc chỉ cho dịch với điều kiện giữ giấy phép của nó",
    fix="ghi license: như thông báo; khóa không cho dịch thì viết mới",
    good=book(),
    bad=book("CC-BY-NC-SA", "CC-BY-SA"),
)
def licence(page: Page, source: Source):
    if not translated(page):
        return
    origin = source.upstream.get(str(page.facts.get("id")))
    if origin is None:
        where = line_of(page, "id")
        yield where, "trang dịch mà id không có trong book/_syllabus/"
        return
    needed = source.courses[origin.course].translation_licence(origin)
    if page.facts.get("license") != needed:
        what = f"cần license: {needed}" if needed else "khóa này không cho dịch"
        yield line_of(page, "license"), what


@rule(
    "D03",
    title="trang dịch có dàn ý của bản gốc ở đúng commit đã ghi",
    why="không có dàn ý thì không soát được bản dịch thiếu gì",
    fix="chạy make outline (cần mạng; máy tự làm trên yêu cầu kéo và sau khi trộn)",
    good=book(),
    bad=book(outlined=False),
    gentle=True,
)
def outline_kept(page: Page, source: Source):
    # A contributor does not answer for an upstream out of reach; main asks again.
    if os.environ.get("GITHUB_EVENT_NAME") == "pull_request":
        return
    if translated(page) and _outline(page, source) is None:
        yield line_of(page, "source"), "chưa có dàn ý của bản gốc ở commit này"


@rule(
    "D04",
    title="trang dịch theo đúng dàn bản gốc: tiêu đề, công thức, hình, ô mã",
    why="chỗ thiếu hay đảo là chỗ người đọc không thấy điều bản gốc nói",
    fix="thêm, bỏ hoặc xếp lại phần ấy; có lý do thì ghi chú thích bo-qua",
    good=book(),
    bad=book("## Thứ hai\n\n$$x = y$$\n", "## Thứ hai\n\nThiếu công thức.\n"),
    gentle=True,
)
def same_structure(page: Page, source: Source):
    found = _outline(page, source) if translated(page) else None
    if found is None:
        return
    theirs = outline.levelled(list(found.items))
    ours = outline.levelled(own(page.text))
    for one in align.divergences(theirs, ours, len(page.lines), found.unit):
        yield one.line, one.what


def _outline(page: Page, source: Source) -> kept.Outline | None:
    name, said = str(page.facts.get("id")), page.facts.get("source")
    if not re.fullmatch(r"[\w-]+/[\w-]+", name) or not isinstance(said, dict):
        return None
    found = kept.load(source.book.root, name)
    return found if found and found.commit == str(said.get("commit")) else None


def own(text: str) -> list[outline.Item]:
    """Items of our page, without the sections that only this book has."""
    lines, keep, out = text.splitlines(), True, []
    for item in outline.of_text(text):
        if item.kind == outline.HEADING and item.level <= 2:
            name = lines[item.line - 1].lstrip("# ")
            keep = not OWN_SECTIONS.match(name)
        if keep:
            out.append(item)
    return out
