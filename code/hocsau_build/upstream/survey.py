"""Every written page against its upstream, and the file that remembers the answer.

The site is built without a network, so it reads ``book/_syllabus/upstream.json``,
which a scheduled workflow keeps. An answer counts only for the commit it was made for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from .. import syllabus
from ..layout import Book
from ..pages import chapters
from ..store import write_atomic
from .drift import Drift, Source, compare, source
from .git import Clone, GitError, open_clone

PLACE = f"{syllabus.PLACE}/upstream.json"


@dataclass
class Survey:
    """Answers by page id; why a repository gave none, and for which pages.

    ``heard``: some repository answered now; the other answers are remembered.
    """

    pages: dict[str, Drift] = field(default_factory=dict)
    silent: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    heard: bool = False


def sources(book: Book, docs=None) -> dict[str, Source]:
    """What each written page was written against; pages without a commit are out."""
    folder = book.root / syllabus.PLACE
    courses = syllabus.load(folder) if folder.is_dir() else {}
    written = chapters.scan(book.root, book.docs if docs is None else docs)
    found = {
        page.id: source(course, page, written[page.id].commit)
        for course in courses.values() for page in course.pages if page.id in written
    }  # fmt: skip
    return {i: s for i, s in found.items() if s.repository and s.paths and s.commit}


def look(book: Book, network: bool = True) -> Survey:
    """Ask the repositories; where one is silent, what is remembered stands in."""
    out, clones, old = Survey(), {}, remembered(book.root)
    for page_id, what in sources(book).items():
        try:
            clone = _clone(what.repository, book, network, clones)
            out.pages[page_id] = compare(clone, what)
            out.heard = True
        except GitError as exc:
            out.silent[what.repository] = str(exc)
            out.unknown.append(page_id)
            if known := current(old, page_id, what.commit):
                out.pages[page_id] = known
    return out


def _clone(url: str, book: Book, network: bool, clones: dict) -> Clone:
    if url not in clones:
        try:
            clones[url] = open_clone(url, book, network)
        except GitError as exc:
            clones[url] = exc
    if isinstance(clones[url], GitError):
        raise clones[url]
    return clones[url]


def remembered(root: Path) -> Survey:
    """The file as it stands; a missing or broken one is an empty answer."""
    try:
        data = json.loads((Path(root) / PLACE).read_text("utf-8"))
        pages = {i: Drift.of(d) for i, d in data["pages"].items()}
        return Survey(pages)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Survey()


def current(survey: Survey, page_id: str, commit: str) -> Drift | None:
    """The answer for a page, if it was made for the commit the page records now."""
    known = survey.pages.get(page_id)
    return known if known and known.base == commit else None


def moved(book: Book, docs=None) -> dict[str, Drift]:
    """Remembered answers that say "changed", for pages that have not caught up."""
    memory = remembered(book.root)
    known = {i: current(memory, i, s.commit) for i, s in sources(book, docs).items()}
    return {i: drift for i, drift in known.items() if drift and drift.files}


def last_asked(survey: Survey, repository: str) -> str:
    """Date of the oldest remembered answer of a repository; '' without one."""
    dates = (d.checked for d in survey.pages.values() if d.repository == repository)
    return min(dates, default="")


def save(book: Book, survey: Survey) -> bool:
    """Write the file if an answer changed; a new date or head alone is no change.

    Where nobody answered nothing was checked, and nothing is written.
    """
    if not survey.heard or _gist(remembered(book.root)) == _gist(survey):
        return False
    pages = {i: d.data() for i, d in sorted(survey.pages.items())}
    text = json.dumps({"pages": pages}, ensure_ascii=False, indent=1) + "\n"
    write_atomic(book.root / PLACE, text)
    return True


def _gist(survey: Survey) -> dict:
    return {
        page_id: (d.base, [(f.path, f.added, f.deleted, f.lines) for f in d.files])
        for page_id, d in survey.pages.items()
    }
