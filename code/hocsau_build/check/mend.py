"""``--fix``: what has only one right answer is put right, line by line."""

from __future__ import annotations

from pathlib import Path

from ..errors import BookError
from ..layout import Book
from ..store import write_atomic
from . import page as pages
from .rule import RULES
from .source import Source
from .spread import page_findings
from .suppress import Suppressed


def mend(book: Book, only: frozenset[str] | None = None) -> list[Path]:
    """Mend pages of the book (or those in ``only``); which ones changed."""
    touched = []
    for doc in book.docs:
        path = book.path(doc)
        shown = book.show(path)
        if only is not None and shown not in only:
            continue
        try:
            old = path.read_bytes().decode("utf-8")
            new = mended(old, path, shown, book)
        except (BookError, UnicodeDecodeError):
            continue  # the check names it
        if new != old:
            write_atomic(path, new)
            touched.append(path)
    return touched


def mended(text: str, path: Path, shown: str, book: Book) -> str:
    """The text after every rule that can mend has had its turn."""
    for _, rule in sorted(RULES.items()):
        if rule.mend is None:
            continue
        page = pages.parse(text, path, shown)
        remarks = Suppressed.of_page(page)
        wrong = {
            p.line
            for p in page_findings(page, [rule], Source(book))
            if not remarks.excuses(p.line, p.rule)
        }
        if wrong:
            lines = text.splitlines(keepends=True)
            for number in wrong:
                lines[number - 1] = rule.mend(lines[number - 1])
            text = "".join(lines)
    return text
