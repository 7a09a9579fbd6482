"""What the book holds of each page of the coverage maps, gathered for ``status``."""

from __future__ import annotations

import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from . import recordings, syllabus
from .chapter import load
from .errors import BookError
from .execute import plan
from .layout import Book
from .pages import chapters
from .store import Store
from .upstream import survey as upstreams


@dataclass(frozen=True)
class Row:
    """One page of a coverage map."""

    course: str
    id: str
    title: str
    state: str  # absent, skeleton, draft, reviewed
    topics: int  # of the map, that the page marks
    of_topics: int
    run: str  # fresh, stale (will run at the next build), broken, none (no code), ''
    gpu: str  # recordings of GPU cells: none (no such cell), fresh, stale, missing, ''
    changed: str  # date of the last commit, "chưa commit", or ''
    upstream: str  # moved, same, unknown (no answer), none (no repository), ''
    path: str

    def data(self) -> dict:
        return asdict(self)


def rows(
    book: Book, course: str | None = None, survey: upstreams.Survey | None = None
) -> list[Row]:
    """Every page of every course (or of one), in teaching order."""
    folder = book.root / syllabus.PLACE
    courses = syllabus.load(folder) if folder.is_dir() else {}
    if course and course not in courses:
        raise BookError(
            syllabus.PLACE, 1, "S-COURSE", f"không có khóa {course}",
            f"chọn một trong {', '.join(courses) or '(chưa có khóa nào)'}",
        )  # fmt: skip
    written = chapters.scan(book.root, book.docs)
    dates, known = last_commits(book.root), upstream(book, survey)
    return [
        row(book, page, written.get(page.id), dates, known)
        for name, one in courses.items() if course in (None, name)
        for page in one.pages
    ]  # fmt: skip


def row(book: Book, page, chapter, dates: dict, known: dict) -> Row:
    """What is known of one page; an absent one has no file."""
    total = len(page.topics)
    if chapter is None:
        nothing = ("absent", 0, total, "", "", "", "", "")
        return Row(page.course, page.id, page.title_vi, *nothing)
    path = f"{chapter.doc}.md"
    treated = len(chapter.topics & set(range(1, total + 1)))
    return Row(
        page.course, page.id, page.title_vi, chapter.state, treated, total,
        executed(book, chapter.doc), recorded(book, chapter.doc),
        dates.get(path, "chưa commit"), known.get(page.id, "none"), path,
    )  # fmt: skip


def upstream(
    book: Book, survey: upstreams.Survey | None = None, docs=None
) -> dict[str, str]:
    """``moved``, ``same`` or ``unknown`` for each page that has an upstream."""
    survey = survey or upstreams.remembered(book.root)
    out = {}
    for page_id, source in upstreams.sources(book, docs).items():
        drift = upstreams.current(survey, page_id, source.commit)
        out[page_id] = "unknown" if not drift else "moved" if drift.files else "same"
    return out


def recorded(book: Book, doc: str) -> str:
    """State of the recordings of a page's GPU cells; ``none`` without such cells."""
    path = book.path(doc)
    try:
        return recordings.state(load(path, book.show(path)), book)
    except BookError:
        return "none"


def executed(book: Book, doc: str) -> str:
    """Whether the store holds the outputs of the page as it stands."""
    path = book.path(doc)
    try:
        page = load(path, book.show(path))
        if not page.is_notebook:
            return "none"
        key = plan(doc, book, page).key
    except BookError:
        return "broken"
    return "fresh" if Store(book.store).path(key).exists() else "stale"


def last_commits(root: Path) -> dict[str, str]:
    """Date of the last commit of each file under ``book/``; empty outside git."""
    git = ["git", "-C", str(root), "-c", "core.quotepath=off"]
    command = [
        *git,
        "log",
        "--format=%x00%cs",
        "--name-only",
        "--relative",
        "--",
        "book",
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return {}
    dates: dict[str, str] = {}
    for commit in done.stdout.split("\0")[1:]:
        date, *names = commit.split()
        for name in names:
            dates.setdefault(name, date)
    return dates
