"""``--fix``: what has only one right answer is put right, line by line.

A rule that mends words is shown words only: prose, captions, comments of cells. Code,
strings, formulas, roles, labels and addresses stay as they are.
"""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

from ..errors import BookError
from ..layout import Book
from ..store import write_atomic
from . import page as pages
from .rule import RULES
from .source import Source
from .spread import page_findings
from .suppress import Suppressed

#: The options of a figure that are read; an option line without a key goes on.
READ_KEYS = {"caption", "alt"}
KEY = re.compile(r"\s*:?([A-Za-z][\w-]*):(?:\s|$)")
LABEL = re.compile(r"\([^()\s]+\)=\s*$|\[[^\]]+\]:")


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
            words = None if rule.bytewise else worded(page)
            for number in wrong:
                line = lines[number - 1]
                if rule.bytewise:
                    lines[number - 1] = rule.mend(line)
                elif number in words:
                    lines[number - 1] = outside(line, words[number], rule.mend)
            text = "".join(lines)
    return text


def outside(line: str, mask: str, change) -> str:
    """Apply ``change`` to the pieces of a line where its mask has no gap."""
    mask = mask.ljust(len(line), pages.GAP)
    out, at = [], 0
    for gap in re.finditer(f"{pages.GAP}+", mask):
        out += [change(line[at : gap.start()]), line[gap.start() : gap.end()]]
        at = gap.end()
    return "".join([*out, change(line[at:])])


def worded(page: pages.Page) -> dict[int, str]:
    """Lines that hold words, with gaps over what is not words."""
    out = {}
    prose = zip(page.prose.numbers, page.prose.text.split("\n"), strict=True)
    for number, shown in prose:
        line = page.lines[number - 1]
        if page.scan.kinds[number - 1] not in "p#":  # a title behind its directive
            shown = shown and pages.GAP * line.rindex(page_title(page, number)) + shown
        if shown and not LABEL.match(line):
            out[number] = shown
    for number, kind in enumerate(page.scan.kinds, 1):
        key = KEY.match(line := page.lines[number - 1]) if kind == "o" else None
        if kind == "o" and (key is None or key[1] in READ_KEYS):
            out[number] = pages.INLINE.sub(lambda m: pages.GAP * len(m[0]), line)
    for cell, first in zip(page.cells, page.first_lines, strict=True):
        for row, column, text in comments(cell.source):
            line = page.lines[first + row - 2]
            if line[column:] == text:  # a cell that is read as it stands
                out[first + row - 1] = pages.GAP * column + text
    return out


def page_title(page: pages.Page, number: int) -> str:
    """The argument of the directive that opens on a line."""
    return next(b.arg for b in page.blocks if b.line == number)


def comments(source: str):
    """Row (from 1), column and text of each comment of a cell."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                yield *token.start, token.string
    except (tokenize.TokenError, SyntaxError):
        return  # what comes after is no code that can be read
