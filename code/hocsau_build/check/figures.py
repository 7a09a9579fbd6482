"""Rules on figures: what a caption says, what a picture weighs."""

from __future__ import annotations

import re

from .page import Page
from .rule import Source, rule

CELL = """\
# Trang

```{{code-cell}} ipython3
---
mystnb:
  figure:
    caption: |
      {}
  image:
    alt: Một đường đi xuống
---
1 + 1
```
"""
MOST = 300_000


@rule(
    "F01",
    title="chú thích hình nói hình là gì, rồi «Hãy để ý …»",
    why="không ai chỉ chỗ thì người đọc lướt qua hình",
    fix="thêm một câu mở bằng «Hãy để ý» vào caption",
    good=CELL.format("Mất mát theo bước. Hãy để ý chỗ đường gãy ở bước 40."),
    bad=CELL.format("Mất mát theo bước."),
)
def captions(page: Page):
    for cell in page.cells:
        figure = (cell.options.get("mystnb") or {}).get("figure") or {}
        caption = figure.get("caption") if isinstance(figure, dict) else None
        if caption and "ãy để ý" not in str(caption):
            yield caption_line(page, cell.line), "chú thích thiếu «Hãy để ý …»"


#: At the margin of a cell: what is drawn inside a function is drawn by its caller.
DRAWS = re.compile(
    r"^(?:\w[\w, ]* = )?plt\.(?:subplots?|figure|show|plot|imshow|scatter|bar|hist)\(",
    re.M,
)
UNSEEN = {"remove-cell", "remove-output", "raises-exception"}
PLOT = """\
# Trang

```{{code-cell}} ipython3
{}import matplotlib.pyplot as plt

fig, ax = plt.subplots()
```
"""
SHOWN = """\
---
mystnb:
  figure:
    caption: Khung trống. Hãy để ý hai trục.
  image:
    alt: Một khung trống
---
"""


@rule(
    "F03",
    title="ô vẽ hình có mystnb: figure (chú thích) và image (chữ thay thế)",
    why="hình trần không có số, không có lời chỉ chỗ, và trình đọc màn hình bỏ qua nó",
    fix="thêm mystnb: figure: caption và image: alt vào đầu ô (mẫu trong "
    "CONTRIBUTING.md), hoặc plt.close(fig) nếu hình không hiện ở đây",
    good=PLOT.format(SHOWN),
    bad=PLOT.format(""),
)
def declared(page: Page):
    for cell in page.cells:
        if "plt." not in cell.source or not DRAWS.search(cell.source):
            continue
        shown = (cell.options.get("mystnb") or {}).get("figure")
        if not (shown or UNSEEN & set(cell.tags) or "plt.close(" in cell.source):
            yield cell.line, "ô vẽ hình mà không có chú thích"


def caption_line(page: Page, line: int) -> int:
    """Line of the caption of the cell that opens at ``line``."""
    for number in range(line, min(line + 15, len(page.lines))):
        if page.lines[number].lstrip().startswith("caption:"):
            return number + 1
    return line


@rule(
    "F02",
    title=f"ảnh trong book/ nặng tối đa {MOST // 1000} kB",
    why="trang phải mở được trên điện thoại với mạng chậm",
    fix="thu nhỏ, nén lại, hoặc vẽ bằng mã (SVG)",
    good={"book/a.md": "# Trang\n", "book/hinh.png": "nhẹ"},
    bad={"book/a.md": "# Trang\n", "book/hinh.png": "x" * (MOST + 1)},
    scope="book",
)
def weight(source: Source):
    kinds = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"}
    for path in sorted((source.book.root / "book").rglob("*.*")):
        if path.suffix.lower() in kinds and path.is_file():
            size = path.stat().st_size
            if size > MOST:
                yield source.book.show(path), 1, f"ảnh nặng {size / 1000:.0f} kB"
