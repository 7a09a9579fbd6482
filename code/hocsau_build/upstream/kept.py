"""Outlines of translated sources, kept in the book so that checks need no network.

``book/_syllabus/outlines/<id>.json`` holds an upstream file's structure at the commit
that the translation records; no text of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from .. import syllabus
from ..errors import BookError
from ..layout import Book
from ..store import write_atomic
from .drift import Source
from .git import GitError, open_clone
from .outline import Item, of_file

PLACE = f"{syllabus.PLACE}/outlines"


@dataclass(frozen=True)
class Outline:
    """Structure of one upstream file at one commit."""

    path: str
    commit: str
    items: tuple[Item, ...]

    @property
    def unit(self) -> str:
        return "ô" if self.path.endswith(".ipynb") else "dòng"


def place(root: Path, page_id: str) -> Path:
    return Path(root) / PLACE / f"{page_id}.json"


def load(root: Path, page_id: str) -> Outline | None:
    """The kept outline of a page; nothing when there is none that can be read."""
    try:
        data = json.loads(place(root, page_id).read_text("utf-8"))
        items = (
            Item(kind, line, level, frozenset(mark.split()))
            for kind, line, level, mark in data["items"]
        )
        return Outline(data["path"], data["commit"], tuple(items))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def fetch(book: Book, page_id: str, what: Source, network: bool = True) -> Outline:
    """Read the source at its commit and keep its outline; ``GitError`` says why not."""
    clone = open_clone(what.repository, book, network)
    commit = clone.commit(what.commit)
    if not commit:
        raise GitError(f"kho {what.repository} không có commit {what.commit}")
    path = what.paths[0]
    try:
        items = of_file(path, clone.text(commit, path))
    except (ValueError, KeyError) as exc:
        raise GitError(f"{path} không đọc được: {exc}") from exc
    outline = Outline(path, what.commit, tuple(items))
    write_atomic(place(book.root, page_id), dump(outline))
    return outline


def dump(outline: Outline) -> str:
    """JSON, one item a line."""
    rows = [
        json.dumps([i.kind, i.line, i.level, " ".join(sorted(i.mark))])
        for i in outline.items
    ]
    head = json.dumps({"path": outline.path, "commit": outline.commit})
    return head[:-1] + ', "items": [\n' + ",\n".join(rows) + "\n]}\n"


def wanted(book: Book) -> dict[str, Source]:
    """Translated pages and their sources, as far as they say them."""
    from ..chapter import load as load_chapter
    from .survey import sources

    translated = set()
    for doc in book.docs:
        try:
            chapter = load_chapter(book.path(doc), book.show(book.path(doc)))
        except BookError:
            continue
        if chapter.facts.get("origin") == "translation":
            translated.add(chapter.facts.get("id"))
    return {i: s for i, s in sources(book).items() if i in translated}
