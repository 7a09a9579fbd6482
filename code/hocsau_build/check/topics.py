"""Rules on topic marks: every topic of the map is treated, each mark is true."""

from __future__ import annotations

import re
from collections import Counter

from .head_facts import MAP, PLACE
from .lesson import GOOD, LESSONS
from .page import Page
from .rule import Source, rule

MARK = re.compile(r"% topics?:\s*([\d,\s]+?)\s*$")
LOOSE = re.compile(r"%\s*topics?\b", re.IGNORECASE)
FIX = "đặt % topic: số ở nơi chủ đề ấy được trình bày (số ở book/_syllabus/)"


def book(page: str) -> dict[str, str]:
    """A small book of one page whose map has two topics."""
    return {"book/a.md": page, PLACE: MAP}


def marks(page: Page) -> list[tuple[int, list[int]]]:
    """Lines with marks, and their topic numbers."""
    out = []
    for number, kind in enumerate(page.scan.kinds, 1):
        if kind == "%" and (match := MARK.match(page.lines[number - 1])):
            out.append((number, [int(n) for n in re.findall(r"\d+", match[1])]))
    return out


def topics(page: Page, source: Source) -> tuple[str, ...]:
    """Topics that the map gives this page."""
    found = source.upstream.get(str(page.facts.get("id")))
    return found.topics if found and page.kind in LESSONS else ()


@rule(
    "P01",
    title="mọi chủ đề trong bản đồ phủ đều có chỗ trình bày",
    why="người đã đọc bản gốc phải tìm thấy ở đây mọi điều bản gốc nói",
    fix=FIX,
    good=book(GOOD),
    bad=book(GOOD.replace("% topic: 2\n", "")),
    gentle=True,
)
def all_treated(page: Page, source: Source):
    wanted = topics(page, source)
    seen = {n for _, numbers in marks(page) for n in numbers}
    for number, topic in enumerate(wanted, 1):
        if number not in seen:
            yield 1, f"chưa có chủ đề {number}: {topic[:60]}"


@rule(
    "P02",
    title="dấu chủ đề phải đúng dạng và có trong bản đồ phủ",
    why="dấu sai không được đếm vào bảng tiến độ",
    fix=FIX,
    good=book(GOOD),
    bad=book(GOOD.replace("% topic: 2\n", "% topic: 2, 3\n")),
)
def in_range(page: Page, source: Source):
    wanted = topics(page, source)
    for number, kind in enumerate(page.scan.kinds, 1):
        line = page.lines[number - 1]
        if kind == "%" and LOOSE.match(line) and not MARK.match(line):
            yield number, f"dấu chủ đề viết sai: «{line.strip()}»"
    if wanted:
        for line, numbers in marks(page):
            for one in numbers:
                if not 1 <= one <= len(wanted):
                    yield line, f"không có chủ đề {one}, bản đồ phủ có {len(wanted)}"


@rule(
    "P03",
    title="trong một mục, mỗi chủ đề đánh dấu một lần",
    why="dấu lặp thường là số gõ nhầm, chủ đề thật thì thiếu",
    fix="bỏ dấu thừa hoặc sửa số",
    good=book(GOOD),
    bad=book(GOOD.replace("% topic: 2\n", "% topic: 1, 2\n")),
)
def once(page: Page):
    places = Counter()
    for line, numbers in marks(page):
        heads = [h.line for h in page.headings if h.line < line]
        for one in numbers:
            places[(heads[-1] if heads else 0, one)] += 1
            if places[(heads[-1] if heads else 0, one)] == 2:
                yield line, f"chủ đề {one} đã đánh dấu trong mục này"
