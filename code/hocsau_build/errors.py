"""What went wrong, where, and what to do: one form for every tool."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One finding; prints as ``file:line  RULE  what — what to do``.

    ``level``: an ``error`` fails a check, a ``notice`` only tells.
    """

    path: str
    line: int
    rule: str
    what: str
    remedy: str
    level: str = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.rule}  {self.what} — {self.remedy}"


class BookError(Exception):
    """A problem that stops the work on one page (or the whole build)."""

    def __init__(self, path, line: int, rule: str, what: str, remedy: str):
        self.problem = Problem(str(path), line, rule, what, remedy)
        super().__init__(str(self.problem))

    def __reduce__(self):
        p = self.problem
        return (BookError, (p.path, p.line, p.rule, p.what, p.remedy))


def relative(path: Path, root: Path) -> str:
    """Path as shown in messages: relative to the book when inside it."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return str(path)
