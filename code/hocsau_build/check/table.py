"""The table of rules in ``CONTRIBUTING.md``, generated from the rules themselves."""

from __future__ import annotations

import os
import re

from ..layout import Book
from ..store import write_atomic
from .rule import RULES, Source, rule

BEGIN = "<!-- bang-luat: sinh bởi make tables, đừng sửa tay -->"
END = "<!-- /bang-luat -->"
FILE = "CONTRIBUTING.md"


@rule(
    "G01",
    title="bảng luật trong CONTRIBUTING.md phải khớp với mã",
    why="người góp đọc bảng này thay cho đọc mã",
    fix="chạy make tables (sau khi trộn, máy cũng tự làm)",
    good=lambda: {FILE: f"{BEGIN}\n{markdown()}\n{END}\n"},
    bad={FILE: f"{BEGIN}\n| Mã | Luật |\n|---|---|\n{END}\n"},
    scope="book",
    about="CONTRIBUTING.md",
)
def fresh(source: Source):
    path = source.book.root / FILE
    # A contributor with only a browser regenerates nothing; main does it after a merge.
    if not path.exists() or os.environ.get("GITHUB_EVENT_NAME") == "pull_request":
        return
    text = path.read_text("utf-8")
    if BEGIN not in text or END not in text:
        yield FILE, 1, "mất dấu mở hoặc đóng bảng luật"
    elif filled(text) != text:
        yield FILE, text[: text.index(BEGIN)].count("\n") + 1, "bảng luật đã cũ"


def markdown() -> str:
    """One row a rule: code, what it asks, why, what to do."""
    rows = [
        f"| {r.code} | {_cell(r.title)} | {_cell(r.why)} | {_cell(r.fix)} |"
        for _, r in sorted(RULES.items())
    ]
    head = ["| Mã | Luật | Vì sao | Cách sửa |", "|---|---|---|---|"]
    return "\n".join(head + rows)


def _cell(text: str) -> str:
    """Text that no Markdown reader takes for a link, a tag or a new cell."""
    return re.sub(r"([|\[<])", r"\\\1", text.replace("\n", " "))


def filled(text: str) -> str:
    """The text with the current table between the marks."""
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{BEGIN}\n{markdown()}\n{END}{after}"


def write(book: Book) -> bool:
    """Bring the file up to date; whether it changed."""
    path = book.root / FILE
    old = path.read_text("utf-8")
    new = filled(old)
    if new != old:
        write_atomic(path, new)
    return new != old
