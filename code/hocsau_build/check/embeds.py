"""Rules on embedded cells: the object must be there before anything runs."""

from __future__ import annotations

from ..assemble import expand
from ..errors import BookError
from ..key import safe_dependencies
from .rule import Source, rule


@rule(
    "E01",
    title="đối tượng nhúng phải có, mô-đun phải phân tích được, bản vá phải khớp",
    why="ô nhúng luôn cho xem mã hiện tại; nhúng hỏng thì trang nói sai",
    fix="sửa :embed:, bản vá, hoặc mô-đun được nêu tên",
    good="",
    bad="",
    scope="book",
    structural=True,
)
def embeds_exist(source: Source):
    for chapter in source.pages.values():
        if not chapter.is_notebook:
            continue
        try:
            expand(chapter, source.book)
            safe_dependencies(chapter, source.book, "pass")
        except BookError as exc:
            yield exc.problem.path, exc.problem.line, exc.problem.what
