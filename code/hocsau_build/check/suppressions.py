"""Rules on the remarks that let other rules be broken."""

from __future__ import annotations

from .page import Page
from .rule import RULES, rule
from .suppress import FIX_IDLE, Suppressed

BAD = "# Trang\n\n{}\n![](a.svg)\n"


@rule(
    "Z01",
    title="chú thích bo-qua phải có mã luật đúng và lý do",
    why="người đọc sau phải biết vì sao luật được phép vi phạm ở đây",
    fix="viết % bo-qua: C03 rồi lý do, trên cùng một dòng",
    good=BAD.format("% bo-qua: C03 hình trang trí, không mang thông tin"),
    bad="# Trang\n\n% bo-qua: hình trang trí\nLời văn.\n",
)
def explained(page: Page):
    for one in Suppressed.of_page(page).remarks:
        if not one.codes:
            yield one.line, "bo-qua thiếu mã luật"
        elif unknown := [c for c in one.codes if c not in RULES]:
            yield one.line, f"không có luật {', '.join(unknown)}"
        elif not one.why:
            yield one.line, f"bo-qua {', '.join(one.codes)} thiếu lý do"


@rule(
    "Z02",
    title="chú thích bo-qua phải còn tác dụng",
    why="chú thích thừa che lỗi về sau",
    fix=FIX_IDLE,
    good=BAD.format("% bo-qua: C03 hình trang trí, không mang thông tin"),
    bad="# Trang\n\n% bo-qua: C03 hình trang trí\nLời văn.\n",
)
def needed(page: Page):
    yield from ()  # said once every other rule has looked: ``suppress.idle``
