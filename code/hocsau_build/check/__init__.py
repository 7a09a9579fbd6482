"""The rules of the book, run over its pages."""

from __future__ import annotations

from ..errors import BookError, Problem
from ..layout import Book
from . import embeds, gaps, head, recordings, table, text, toc, workflows  # noqa: F401
from .rule import RULES, Source, findings


def structural(book: Book) -> list[BookError]:
    """Problems that would make a build lie: checked before anything runs."""
    rules = [r for r in RULES.values() if r.structural]
    return [_error(p) for p in findings(Source(book), rules)]


def problems(book: Book, codes: set[str] | None = None) -> list[Problem]:
    """Every finding of every rule (or of the named ones)."""
    rules = [r for c, r in sorted(RULES.items()) if not codes or c in codes]
    return findings(Source(book), rules)


def _error(p: Problem) -> BookError:
    return BookError(p.path, p.line, p.rule, p.what, p.remedy)
