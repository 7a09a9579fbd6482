"""Rules on the size of code cells."""

from __future__ import annotations

from .embeds import embedded
from .page import Page
from .rule import Source, rule

#: Tags under which the reader sees no code, or sees it only after asking.
FOLDED = {"hide-input", "hide-cell", "remove-input", "remove-cell"}
MOST, MOST_EMBEDDED = 25, 40
WIDE, WIDE_SOLUTION = 72, 66


def cell(code: str, option: str = "") -> str:
    """A page of one cell."""
    return f"# Trang\n\n```{{code-cell}} ipython3\n{option}{code}\n```\n"


LONG = "\n".join(f"x{i} = {i}" for i in range(MOST + 1))


@rule(
    "O01",
    title=f"ô mã hiện ra dài tối đa {MOST} dòng",
    why="một ô một ý; ô dài hơn một màn hình điện thoại thì không ai đọc",
    fix="tách thành vài ô, mỗi ô kết thúc bằng một thứ nhìn thấy được",
    good=cell(LONG, ":tags: [hide-input]\n"),
    bad=cell(LONG),
)
def short_cells(page: Page):
    for one in page.cells:
        size = len(one.source.splitlines())
        if not one.embed and size > MOST and not FOLDED & set(one.tags):
            yield one.line, f"ô dài {size} dòng"


@rule(
    "O02",
    title=f"mã rộng tối đa {WIDE} cột, trong lời giải {WIDE_SOLUTION} cột",
    why="dòng rộng hơn phải cuộn ngang trên điện thoại và bị cắt khi in",
    fix="ngắt dòng",
    good=cell("x = 1" + " + 1" * 16),
    bad=cell("x = 1" + " + 1" * 17),
)
def narrow_cells(page: Page):
    inside = _solutions(page)
    for one, first in zip(page.cells, page.first_lines, strict=True):
        if {"remove-cell", "remove-input"} & set(one.tags):
            continue
        most = WIDE_SOLUTION if one.line in inside else WIDE
        for number, line in enumerate(one.source.splitlines(), first):
            if len(line) > most:
                yield number, f"dòng rộng {len(line)} cột, tối đa {most}"


def _solutions(page: Page) -> set[int]:
    starts = [b.line for b in page.named("solution-start")]
    ends = [b.line for b in page.named("solution-end")]
    return {n for a, b in zip(starts, ends, strict=False) for n in range(a, b)}


@rule(
    "O03",
    title=f"đối tượng nhúng dài tối đa {MOST_EMBEDDED} dòng",
    why="đọc được cả ô một lượt thì mới thấy được ý",
    fix="nhúng một hàm hay phương thức nhỏ hơn, hoặc chia đối tượng ấy ra",
    good={
        "book/a.md": cell("", ":embed: pkg.a:f\n"),
        "code/pkg/a.py": "def f():\n" + "    print()\n" * (MOST_EMBEDDED - 1),
    },
    bad={
        "book/a.md": cell("", ":embed: pkg.a:f\n"),
        "code/pkg/a.py": "def f():\n" + "    print()\n" * MOST_EMBEDDED,
    },
)
def short_embeds(page: Page, source: Source):
    for one in page.cells:
        if not one.embed:
            continue
        for part in getattr(embedded(page, one, source), "parts", ()):
            size = part.end_line - part.start_line
            if size > MOST_EMBEDDED:
                yield one.line, f"{part.found.name} dài {size} dòng"
