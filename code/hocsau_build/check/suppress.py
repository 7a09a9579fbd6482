"""``% bo-qua: CODE lý do``: a remark that lets a rule be broken, with its reason.

In a page it stands on the line above a paragraph, a cell or a block, and counts for all
of it; in the head, and in other files, for the next line (or its own).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import Problem
from .page import Page

REMARK = re.compile(r"(?:^|\s)[%#] bo-qua:[ \t]*(?P<codes>[A-Z]\d\d(?:,\s*[A-Z]\d\d)*)?"
                    r"(?P<why>.*)$")  # fmt: skip
FIX_IDLE = "xóa chú thích bo-qua này"


@dataclass
class Remark:
    """One remark: for which rules, why, and for which lines."""

    line: int
    codes: tuple[str, ...]
    why: str
    first: int
    last: int
    used: set[str] = field(default_factory=set)


class Suppressed:
    """The remarks of one file."""

    def __init__(self, remarks: list[Remark]):
        self.remarks = remarks

    @classmethod
    def of_page(cls, page: Page) -> Suppressed:
        """Remarks of a page: comment lines of its prose, and of its head."""
        known = page.__dict__.get("_remarks")
        if known is not None:
            return known  # the same ones, so that their use adds up
        out = []
        if "bo-qua:" in page.text:
            for number, line in enumerate(page.lines, 1):
                kind = page.scan.kinds[number - 1]
                if kind in "%h" and (match := REMARK.search(line)):
                    out.append(_remark(match, number, _reach(page, number)))
        page.__dict__["_remarks"] = cls(out)
        return page.__dict__["_remarks"]

    @classmethod
    def of_file(cls, path: Path) -> Suppressed:
        """Remarks of any other text file."""
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return cls([])
        # Markdown that is no page only speaks of remarks: the guide for contributors.
        speaks = path.suffix == ".md"
        lines = text.splitlines() if "bo-qua:" in text and not speaks else []
        return cls([
            _remark(match, number, number + 1)
            for number, line in enumerate(lines, 1)
            if (match := REMARK.search(line))
        ])  # fmt: skip

    def excuses(self, line: int, code: str) -> bool:
        """Whether a remark with a reason covers this finding."""
        for one in self.remarks:
            if code in one.codes and one.why and one.first <= line <= one.last:
                one.used.add(code)
                return True
        return False

    def idle(self, path: str, known: set[str]) -> list[Problem]:
        """Remarks, good ones, that excused nothing."""
        return [
            Problem(path, one.line, "Z02", f"không có lỗi {code} nào ở đây", FIX_IDLE)
            for one in self.remarks
            for code in one.codes
            if one.why and code in known and code not in one.used
        ]


def _remark(match: re.Match, number: int, last: int) -> Remark:
    codes = tuple(c.strip() for c in (match["codes"] or "").split(",") if c.strip())
    return Remark(number, codes, match["why"].strip(), number, last)


def _reach(page: Page, number: int) -> int:
    """Last line of the paragraph or block that opens under a remark."""
    kinds, at = page.scan.kinds, number
    if kinds[number - 1] == "h":
        return number + 1
    while at < len(kinds) and kinds[at] == "%":
        at += 1
    for block in page.blocks:
        if block.line == at + 1:
            return block.end
    kind = kinds[at] if at < len(kinds) else " "
    while at < len(kinds) and kinds[at] == kind and kind in "pm":
        at += 1
    return max(at, number + 1)
