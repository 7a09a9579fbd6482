"""A rule of the book: a code, a title, why, what to do, and two examples.

The examples are its test and its documentation: ``bad`` must raise it, ``good`` must
not. A rule looks at one page (``scope="page"``) or at the whole book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ..chapter import Chapter, load
from ..errors import BookError, Problem
from ..layout import Book


@dataclass(frozen=True)
class Rule:
    """``look`` yields ``(line, what)`` for a page, ``(path, …)`` for a book."""

    code: str
    title: str
    why: str
    fix: str
    good: str
    bad: str
    look: Callable
    scope: str = "page"
    structural: bool = False


RULES: dict[str, Rule] = {}


def rule(code: str, **facts):
    """Register the decorated function as a rule."""

    def add(look: Callable) -> Callable:
        if code in RULES:
            raise ValueError(f"rule {code} twice")
        RULES[code] = Rule(code=code, look=look, **facts)
        return look

    return add


@dataclass
class Source:
    """Everything the rules see of a book, each page parsed once."""

    book: Book
    errors: list[Problem] = field(default_factory=list)

    @cached_property
    def pages(self) -> dict[str, Chapter]:
        """Pages of the table of contents that can be parsed."""
        out = {}
        for doc in self.book.toc:
            path = self.book.path(doc)
            if not path.exists():
                continue  # rule T01 speaks of it
            try:
                out[doc] = load(path, self.book.show(path))
            except BookError as exc:
                self.errors.append(exc.problem)
        return out

    @cached_property
    def files(self) -> list[Path]:
        """Every Markdown file under ``book/`` that could be a page."""
        return sorted(
            p for p in (self.book.root / "book").rglob("*.md")
            if not any(part.startswith(("_", ".")) for part in p.parts)
        )  # fmt: skip


def findings(source: Source, rules: Iterable[Rule]) -> list[Problem]:
    """Run rules over a book; what could not be parsed comes first."""
    pages = source.pages
    out = list(source.errors)
    for one in rules:
        if one.scope == "book":
            out += [
                Problem(path, line, one.code, what, one.fix)
                for path, line, what in one.look(source)
            ]
            continue
        for chapter in pages.values():
            for line, what in one.look(chapter):
                if not excused(chapter, line, one.code):
                    out.append(Problem(chapter.shown, line, one.code, what, one.fix))
    return sorted(out)


def excused(chapter: Chapter, line: int, code: str) -> bool:
    """``% bo-qua: CODE lý do`` on the line above (or the line itself) suppresses."""
    lines = chapter.text.splitlines()
    for text in lines[max(0, line - 2) : line]:
        words = text.split()
        if words[:2] == ["%", "bo-qua:"] and code in words[2:3] and len(words) > 3:
            return True
    return False
