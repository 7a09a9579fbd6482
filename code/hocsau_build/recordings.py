"""Recorded outputs of GPU cells, as the build and the reports ask for them.

A recording belongs to the cells it was made from by digest. A cell whose digest is in
the recording is *fresh*; one that only its text or its place finds again is *stale*,
and shown as such; any other is *missing*. A file that cannot be believed counts as
missing here, and ``check`` says what is wrong with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .chapter import Chapter, load, read_text
from .errors import BookError
from .layout import Book
from .recording import digest, form, reading, show
from .recording.form import CellRecord, Recording

#: A page without the word has no GPU cell, and is not parsed to find that out.
GPU_TAG = re.compile(r"\bgpu\b")
#: What a person reads for each state.
WORDS = {"fresh": "còn mới", "stale": "cũ", "missing": "chưa ghi"}
#: What ``state`` answers, the worst last.
STATES = ("none", "fresh", "stale", "missing")


@dataclass(frozen=True)
class Look:
    """One page and what is recorded of it; ``cells``: number → record, state."""

    chapter: Chapter
    book: Book
    recording: Recording | None = None
    cells: dict[int, tuple[CellRecord | None, str]] = field(default_factory=dict)
    problem: BookError | None = None

    @property
    def state(self) -> str:
        """The worst of its cells."""
        return max(
            (s for _, s in self.cells.values()), key=STATES.index, default="none"
        )

    @property
    def date(self) -> str:
        """Day of the recording, or ''."""
        return self.recording.date if self.recording else ""


def look(chapter: Chapter, book: Book) -> Look:
    """Match a page's GPU cells with its recording."""
    numbers = digest.gpu_cells(chapter)
    if not numbers:
        return Look(chapter, book)
    try:
        found, problem = reading.read(book.doc(chapter.path), book), None
    except BookError as exc:
        found, problem = None, exc
    cells = _match(chapter, numbers, found.cells if found else [], book)
    return Look(chapter, book, found, cells, problem)


def _match(chapter: Chapter, numbers, records: list[CellRecord], book: Book) -> dict:
    """By digest, then by the cell's own text, then by order."""
    left, out = list(records), {}

    def take(index: int, state: str, fits) -> None:
        record = next((r for r in left if fits(r)), None)
        if record is not None and index not in out:
            left.remove(record)
            out[index] = (record, state)

    now = {i: digest.digest(chapter, i, book) for i in numbers} if left else {}
    for i in now:
        take(i, "fresh", lambda r, i=i: r.digest == now[i])
    for i in now:
        own = digest.own_digest(chapter, i)
        take(i, "stale", lambda r, own=own: r.source == own)
    if len(records) == len(numbers):
        for order, i in enumerate(numbers):
            take(i, "stale", lambda r, o=order: r is records[o])
    return {i: out.get(i, (None, "missing")) for i in numbers}


def pages(book: Book, docs=None) -> Iterator[tuple[str, Chapter]]:
    """Pages with GPU cells among ``docs`` (or all); an unreadable one is left out."""
    for doc in book.docs if docs is None else sorted(docs):
        path = book.path(doc)
        try:
            if GPU_TAG.search(read_text(path, book.show(path))):
                page = load(path, book.show(path))
                if digest.gpu_cells(page):
                    yield doc, page
        except BookError:
            continue


def listing(book: Book, docs=None) -> dict[str, tuple[str, str]]:
    """State and day of the recording of each page with GPU cells, the oldest first."""
    found = {doc: look(page, book) for doc, page in pages(book, docs)}
    order = sorted(found, key=lambda doc: (found[doc].date, doc))
    return {doc: (found[doc].state, found[doc].date) for doc in order}


def state(chapter: Chapter, book: Book) -> str:
    """``none`` (no GPU cells), ``fresh``, ``stale`` or ``missing``."""
    return look(chapter, book).state


def outputs(seen: Look, index: int) -> list:
    """Outputs shown under the GPU cell number ``index`` of a page."""
    record, state = seen.cells[index]
    if record is None:
        doc = seen.book.doc(seen.chapter.path)
        notebook = f"notebooks/{doc.removeprefix('book/')}.ipynb"
        return show.missing(seen.chapter, index, notebook, seen.book)
    return show.outputs(seen.recording, record, state == "stale")


def note(seen: Look, index: int) -> str:
    """What the exported notebook says under the GPU cell."""
    return show.note(seen.recording, *seen.cells[index])


def glued(seen: Look) -> list[list[dict]]:
    """Outputs of the GPU cells that hold results quoted by the prose."""
    return [outputs(seen, index) for index in seen.cells]


def stamp(doc: str, book: Book) -> str:
    """Changes when the recording of a page does: Sphinx then reads the page again."""
    path = form.place(doc, book)
    parts = [_bytes(path), *(n.encode() for n in sorted(form.strays(path)))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.stat().st_size <= form.MOST_FILE else b"?"
    except OSError:
        return b""
