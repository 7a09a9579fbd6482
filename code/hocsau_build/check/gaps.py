"""Rules on the gaps of an exercise: a check follows, and it speaks in words."""

from __future__ import annotations

import ast

from ..chapter import Cell, load
from ..gaps import TAG, blank_magic, marked
from .rule import rule

PAGE = """\
# Trang

```{{code-cell}} ipython3
y = 2 + 3  # ĐIỀN: tổng của hai và ba
```

```{{code-cell}} ipython3
:tags: [{tag}]
{check}
```
"""
GOOD = 'assert y == 5, "y phải bằng 5: cộng hai số"'


def cells(page) -> list[Cell]:
    """Cells as the build reads them, of a page that has gaps or checks of them."""
    if TAG not in page.text and not marked(page.text):
        return []
    return load(page.path, page.shown).cells


@rule(
    "B01",
    title="sau mỗi ô có chỗ trống phải có một ô kiểm tra (thẻ check-gap)",
    why="người làm bài tập phải được biết mình đúng hay sai ngay, không phải về cuối",
    fix="thêm một ô tags: [check-gap] sau ô ấy",
    good=PAGE.format(tag=TAG, check=GOOD),
    bad=PAGE.format(tag="hide-input", check=GOOD),
)
def checked(page):
    waiting = None
    for cell in cells(page):
        if TAG in cell.tags:
            waiting = None
        elif cell.gaps and waiting is None:
            waiting = cell
    if waiting is not None:
        yield waiting.line, f"không ô {TAG} nào theo sau ô có chỗ trống này"


@rule(
    "B02",
    title="ô kiểm tra phải nói bằng lời điều còn sai",
    why="AssertionError trống không giúp được người đang học",
    fix='viết assert điều_kiện, "điều còn sai và gợi ý"',
    good=PAGE.format(tag=TAG, check=GOOD),
    bad=PAGE.format(tag=TAG, check="assert y == 5"),
)
def in_words(page):
    for cell in cells(page):
        if TAG not in cell.tags:
            continue
        try:
            tree = ast.parse(blank_magic(cell.source))
        except SyntaxError:
            continue  # the run says it
        for node in ast.walk(tree):
            if isinstance(node, ast.Assert) and node.msg is None:
                yield cell.line, f"assert không có lời: {ast.unparse(node)[:60]}"
