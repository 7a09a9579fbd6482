"""Rules on the front matter of a page that runs."""

from __future__ import annotations

from collections import defaultdict

from .page import Page
from .rule import Source, rule

NEEDED = ("id", "kind", "minutes", "authors", "license", "updated")
KINDS = {"lecture", "practicum", "lab", "project", "guide"}

GOOD = """\
---
kernelspec: {name: python3, display_name: Python 3}
hocsau:
  id: nyu/01-1
  kind: guide
  minutes: 45
  authors: [Tên]
  license: CC-BY-SA-4.0
  updated: "2026-11-21"
---
# Tên trang

```{code-cell} ipython3
1 + 1
```
"""


def line_of(chapter: Page, key: str) -> int:
    """Line of a key inside the ``hocsau`` block of the head."""
    for number, line in enumerate(chapter.lines[: chapter.scan.head_end], 1):
        if line.strip().startswith(f"{key}:"):
            return number
    return 1


@rule(
    "H01",
    title="trang có mã phải có phần đầu đủ mục",
    why="bảng tình trạng, dải thông tin đầu trang và ghi công đọc từ đây",
    fix="thêm mục ấy vào khối hocsau: ở đầu tệp (mẫu trong CONTRIBUTING.md)",
    good=GOOD,
    bad=GOOD.replace("  minutes: 45\n", ""),
    structural=True,
)
def head_complete(chapter: Page):
    if not chapter.is_notebook:
        return
    if not chapter.facts:
        yield 1, "thiếu khối hocsau: ở phần đầu tệp"
        return
    for key in NEEDED:
        if key not in chapter.facts:
            yield line_of(chapter, "hocsau"), f"phần đầu tệp thiếu mục {key}"


@rule(
    "H02",
    title="kind chỉ nhận lecture, practicum, lab, project, guide",
    why="cách soát trang tùy loại trang",
    fix="chọn một trong năm loại",
    good=GOOD,
    bad=GOOD.replace("guide", "lectures"),
    structural=True,
)
def head_kind(chapter: Page):
    kind = chapter.facts.get("kind")
    if chapter.is_notebook and kind is not None and kind not in KINDS:
        yield line_of(chapter, "kind"), f"kind lạ: {kind}"


@rule(
    "H03",
    title="ngày tháng phải nằm trong nháy",
    why="YAML đổi ngày trần thành kiểu ngày và làm hỏng bước vẽ trang",
    fix='viết updated: "2026-11-21"',
    good=GOOD,
    bad=GOOD.replace('"2026-11-21"', "2026-11-21"),
    structural=True,
)
def head_date(chapter: Page):
    for key, value in chapter.facts.items():
        if type(value).__name__ in ("date", "datetime"):
            yield line_of(chapter, key), f"{key} là ngày không có nháy"


@rule(
    "H04",
    title="mỗi id chỉ thuộc một trang",
    why="bản đồ phủ và liên kết tìm trang theo id",
    fix="đổi id của một trong hai trang",
    good={"book/a.md": GOOD, "book/b.md": GOOD.replace("nyu/01-1", "nyu/01-2")},
    bad={"book/a.md": GOOD, "book/b.md": GOOD},
    scope="book",
    structural=True,
)
def unique_id(source: Source):
    homes = defaultdict(list)
    for chapter in source.pages.values():
        if "id" in chapter.facts:
            homes[chapter.facts["id"]].append(chapter)
    for name, chapters in homes.items():
        for chapter in chapters[1:]:
            yield (
                chapter.shown,
                line_of(chapter, "id"),
                f"id {name} đã thuộc về {chapters[0].shown}",
            )
