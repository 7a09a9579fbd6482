"""The rules of the book, run over its pages."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import BookError, Problem
from ..layout import Book
from . import (  # noqa: F401  (register)
    blocks,
    citations,
    code_cells,
    code_names,
    embeds,
    figures,
    gaps,
    head,
    head_facts,
    leftovers,
    links,
    maths,
    numbers,
    recordings,
    skeleton,
    spelling,
    structure,
    suppressions,
    table,
    terms,
    text,
    toc,
    topics,
    translation,
    typography,
    unmarked,
    workflows,
)
from .rule import RULES, Source, findings


def structural(book: Book) -> list[BookError]:
    """Problems that would make a build lie: checked before anything runs."""
    rules = [r for r in RULES.values() if r.structural]
    return [_error(p) for p in findings(Source(book), rules)]


def everything(
    book: Book, codes: set[str] | None = None, only: Iterable[str] | None = None
) -> list[Problem]:
    """Every finding of every rule (or of ``codes``), in all files or in ``only``."""
    rules = [r for c, r in sorted(RULES.items()) if not codes or c in codes]
    source = Source(book, frozenset(only) if only is not None else None)
    return findings(source, rules)


def problems(book: Book, codes: set[str] | None = None) -> list[Problem]:
    """What must be mended; notices on unfinished pages are left out."""
    return [p for p in everything(book, codes) if p.level == "error"]


def _error(p: Problem) -> BookError:
    return BookError(p.path, p.line, p.rule, p.what, p.remedy)
