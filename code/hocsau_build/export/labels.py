"""Labels of the book: what each one is, its number on its page, its title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..chapter import Chapter, load
from ..layout import Book

FENCE = re.compile(r"^(`{3,}|:{3,})\{([\w:-]+)\}\s*(.*)$")
TARGET = re.compile(r"^\(([\w:.-]+)\)=\s*$")
EQUATION = re.compile(r"^\s*\$\$\s*\(([\w:.-]+)\)\s*$")
HEADING = re.compile(r"^(#+)\s+(.*)$")
KINDS = {"figure": "Hình", "table": "Bảng", "exercise": "Bài tập", "equation": ""}


@dataclass(frozen=True)
class Label:
    """One target: ``kind`` is section, figure, table, exercise or equation."""

    name: str
    kind: str
    number: int
    title: str
    doc: str

    @property
    def text(self) -> str:
        """What a reference without its own text says."""
        if self.kind == "equation":
            return f"({self.number})"
        if self.kind == "section":
            return self.title
        return f"{KINDS[self.kind]} {self.number}"


def page_labels(chapter: Chapter, doc: str) -> dict[str, Label]:
    """Labels of one page, numbered from 1 for each kind in reading order."""
    found: dict[str, Label] = {}
    counts = dict.fromkeys(KINDS, 0)

    def add(name: str | None, kind: str, title: str = "") -> None:
        if kind in counts:
            counts[kind] += 1
        if name:
            found[name] = Label(name, kind, counts.get(kind, 0), title, doc)

    for cell in chapter.notebook.cells:
        if cell.cell_type == "code":
            figure = (cell.metadata.get("mystnb") or {}).get("figure") or {}
            if figure.get("caption"):
                add(figure.get("name"), "figure")
        else:
            _markdown(cell.source.splitlines(), add)
    title = next(titles(chapter), doc)
    found["#"] = Label("#", "section", 0, title, doc)
    return found


def titles(chapter: Chapter):
    """Headings of the page, outside fences."""
    for cell in chapter.notebook.cells:
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                if match := HEADING.match(line):
                    yield match[2].strip()


def _markdown(lines: list[str], add) -> None:
    pending = None
    for at, line in enumerate(lines):
        if match := TARGET.match(line):
            pending = match[1]
        elif match := HEADING.match(line):
            if pending:
                add(pending, "section", match[2].strip())
            pending = None
        elif match := EQUATION.match(line):
            add(match[1], "equation")
        elif match := FENCE.match(line):
            kind = match[2].removesuffix("-start")
            kind = {"math": "equation", "list-table": "table"}.get(kind, kind)
            name = option(lines, at, "label") or option(lines, at, "name")
            if kind in KINDS and (kind not in ("equation", "table") or name):
                add(name, kind, match[3].strip())


def option(lines: list[str], at: int, key: str) -> str | None:
    """``:key: value`` among the option lines right below a fence."""
    for line in lines[at + 1 :]:
        match = re.match(r"^:([\w-]+):\s*(.*)$", line)
        if not match:
            return None
        if match[1] == key:
            return match[2].strip()
    return None


@lru_cache(maxsize=8)
def book_labels(root: Path, stamp: float) -> dict[str, Label]:
    """Labels of every page of the book; ``#doc`` names a page itself."""
    book = Book(root)
    out: dict[str, Label] = {}
    for doc in book.docs:
        for name, label in page_labels(load(book.path(doc), doc), doc).items():
            out[f"#{doc}" if name == "#" else name] = label
    return out
