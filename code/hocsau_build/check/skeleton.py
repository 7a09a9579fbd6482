"""What a new page still lacks: the marks its skeleton left."""

from __future__ import annotations

from ..chapter import Chapter
from ..skeleton import MARK, Wish
from .head import GOOD, line_of
from .rule import rule


@rule(
    "K01",
    title="trang không còn chỗ chờ viết của khung",
    why="khung dựng được ngay, nhưng chưa phải một trang",
    fix="viết phần ấy rồi xóa dòng % viết:; xong cả thì bỏ dòng state: skeleton",
    good=GOOD,
    bad=GOOD + f"\n{MARK} mở bằng một câu hỏi\n",
    gentle=True,
)
def written(chapter: Chapter):
    lines = chapter.text.splitlines()
    marks = [n for n, line in enumerate(lines, 1) if line.startswith(MARK)]
    for number in marks:
        yield number, f"còn phải viết: {lines[number - 1][len(MARK) :].strip()}"
    if Wish().name in map(str, chapter.facts.get("authors") or []):
        yield line_of(chapter, "authors"), "còn phải viết: tên tác giả"
    if chapter.facts.get("state") == "skeleton" and not marks:
        yield line_of(chapter, "state"), "trang đã viết xong mà vẫn ghi state: skeleton"
