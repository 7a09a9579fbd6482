"""Parts of a page that rules look at: some of its lines, its headings, its formulas."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """Some lines of a page, and which lines they are."""

    text: str
    numbers: list[int]
    starts: list[int]

    def line(self, offset: int) -> int:
        """Line of the page (from 1) of an offset into ``text``."""
        return self.numbers[bisect_right(self.starts, offset) - 1]

    def find(self, pattern: re.Pattern):
        """Line and match of everything the pattern finds."""
        for match in pattern.finditer(self.text):
            yield self.line(match.start()), match


def view(lines: list[tuple[int, str]]) -> View:
    """View of numbered lines."""
    starts, at = [], 0
    for _, line in lines:
        starts.append(at)
        at += len(line) + 1
    return View("\n".join(line for _, line in lines), [n for n, _ in lines], starts)


@dataclass(frozen=True)
class Heading:
    """A heading and its section: ``end`` is the first line after it."""

    level: int
    title: str
    line: int
    end: int = 0


@dataclass(frozen=True)
class Maths:
    """A formula: the line where it opens, whether it stands alone."""

    text: str
    line: int
    display: bool
