"""The book as the rules see it, and how they are run over it."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from .. import glossary, syllabus
from ..errors import BookError, Problem
from ..layout import Book
from . import page as pages
from . import spread
from .page import Page
from .suppress import Suppressed


@dataclass
class Source:
    """Everything the rules see of a book, each page parsed once.

    ``only`` names the files asked for; without it, all of them.
    """

    book: Book
    only: frozenset[str] | None = None
    errors: list[Problem] = field(default_factory=list)

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Pages of the table of contents that can be parsed."""
        out = {}
        for doc in self.book.toc:
            path = self.book.path(doc)
            if not path.exists():
                continue  # rule T01 speaks of it
            try:
                out[doc] = pages.load(path, self.book.show(path))
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

    @cached_property
    def terms(self) -> list[glossary.Term]:
        """Good rows of the glossary."""
        path = self.book.root / glossary.PLACE
        return glossary.read(path)[0] if path.exists() else []

    @cached_property
    def courses(self) -> dict[str, syllabus.Course]:
        """Coverage maps; empty where they cannot be read (``make status`` says why)."""
        try:
            return syllabus.load(self.book.root / syllabus.PLACE)
        except (BookError, OSError):
            return {}

    @cached_property
    def upstream(self) -> dict[str, syllabus.Page]:
        """Pages of the coverage maps by id."""
        return {p.id: p for course in self.courses.values() for p in course.pages}

    @cached_property
    def ids(self) -> dict[str, Page]:
        """Pages of the book by id."""
        return {str(p.facts["id"]): p for p in self.pages.values() if p.facts.get("id")}

    def memo(self, key: tuple, make):
        """What ``make`` returns, made once for this book."""
        store = self.__dict__.setdefault("_memo", {})
        if key not in store:
            store[key] = make()
        return store[key]

    def concerns(self, start: str) -> bool:
        """Whether some file asked for starts so."""
        return self.only is None or any(p.startswith(start) for p in self.only)

    def asked(self, path: str) -> bool:
        """Whether findings in this file were asked for."""
        return self.only is None or path in self.only


def findings(source: Source, rules: Iterable) -> list[Problem]:
    """Run rules over a book; what could not be parsed comes first."""
    rules = list(rules)
    with _no_collector():
        found = list(source.errors) if source.pages or source.errors else []
        found += _book_findings(source, [r for r in rules if r.scope == "book"])
        local = [r for r in rules if r.scope == "page"]
        asked = [p for p in source.pages.values() if source.asked(p.shown)]
        found = [p for p in found if source.asked(p.path)]
        found += spread.over(asked, local, source)
    return sorted(_excused(source, list(dict.fromkeys(found)), rules))


@contextmanager
def _no_collector():
    """Syntax trees are many small objects: the collector would walk them all."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _book_findings(source: Source, rules: list) -> list[Problem]:
    return [
        Problem(path, line, one.code, what, one.fix, "notice" if one.told else "error")
        for one in rules
        if source.concerns(one.about)
        for path, line, what in one.look(source)
    ]


def excused(page, line: int, code: str) -> bool:
    """Whether a remark of the page lets this rule be broken there."""
    return Suppressed.of_page(page).excuses(line, code)


def _excused(source: Source, found: list[Problem], rules: list) -> list[Problem]:
    """Findings that no remark excuses, then remarks that excuse nothing."""
    codes = {r.code for r in rules}
    by_path = defaultdict(list)
    for problem in found:
        by_path[problem.path].append(problem)
    known = {p.shown: p for p in source.pages.values() if source.asked(p.shown)}
    out = []
    for path in {*by_path, *known}:
        remarks = (
            Suppressed.of_page(known[path]) if path in known
            else Suppressed.of_file(source.book.root / path)
        )  # fmt: skip
        out += [p for p in by_path[path] if not remarks.excuses(p.line, p.rule)]
        if "Z02" in codes:
            out += remarks.idle(path, codes)
    return out
