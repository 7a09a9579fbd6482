"""Rules on fenced blocks: each is closed, and its name is one that the build knows."""

from __future__ import annotations

import difflib
import re

from .page import Page
from .rule import rule

#: Directives of docutils, Sphinx and the extensions in ``_config.yml`` that a page
#: may want; those of this book; and, by their first part, whole domains.
KNOWN = frozenset(
    re.findall(
        r"\S+",
        """
    admonition attention bibliography button-link button-ref card card-carousel caution
    centered class code code-block code-cell compound container contents csv-table
    danger deprecated div dropdown epigraph error eval eval:figure exercise exercise-end
    exercise-start figure figure-md footbibliography glossary glue grid grid-item
    grid-item-card header highlight highlights hint hlist image important include index
    line-block list-table literalinclude margin math note nb-exec-table only
    parsed-literal pull-quote raw raw-cell replace role rubric seealso sidebar solution
    solution-end solution-start sourcecode step steps tab-item tab-set tab-set-code
    table tabularcolumns tip title toctree topic versionadded versionchanged
    versionremoved warning eval-rst accordion article-info aside describe object
    productionlist footer meta default-role date unicode
    course-assignments course-cards course-facts course-table glossary-english
    glossary-table progress-matrix
    """,
    )
)
DOMAINS = ("glue:", "prf:", "py:", "std:", "c:", "cpp:", "js:", "rst:")
PAIRED = ("exercise", "solution")
NOTE = "# Trang\n\n:::{{{}}}\nLời nhắc.\n{}"


@rule(
    "S08",
    title="khối mở bằng ::: hay ``` phải được đóng",
    why="khối không đóng nuốt hết phần còn lại của trang",
    fix="thêm dòng đóng, cùng ký tự và ít nhất bằng ấy ký tự với dòng mở",
    good=NOTE.format("note", ":::\n"),
    bad=NOTE.format("note", "\nPhần sau của trang.\n"),
)
def closed(page: Page):
    for block in page.blocks:
        bare = not block.name and block.fence[0] == ":"  # too short to close another
        if not block.closed and not bare:
            what = f"{{{block.name}}}" if block.name else block.fence
            yield block.line, f"khối {what} không được đóng"
    for kind in PAIRED:
        opened = None
        for block in page.named(f"{kind}-start", f"{kind}-end"):
            starts = block.name.endswith("start")
            if starts and opened:
                yield opened.line, f"{{{kind}-start}} không có {{{kind}-end}}"
            elif not starts and not opened:
                yield block.line, f"{{{kind}-end}} không có {{{kind}-start}}"
            opened = block if starts else None
        if opened:
            yield opened.line, f"{{{kind}-start}} không có {{{kind}-end}}"


@rule(
    "S09",
    title="tên khối {…} phải có thật",
    why="khối lạ tên làm bước dựng dừng lại",
    fix="sửa tên khối; mẫu các khối hay dùng ở CONTRIBUTING.md",
    good=NOTE.format("note", ":::\n"),
    bad=NOTE.format("notee", ":::\n"),
)
def known(page: Page):
    for block in page.blocks:
        name = block.name
        if name and name not in KNOWN and not name.startswith(DOMAINS):
            near = difflib.get_close_matches(name, KNOWN, 1)
            said = f"không có khối {{{name}}}"
            yield block.line, said + (f"; có phải {{{near[0]}}}?" if near else "")
