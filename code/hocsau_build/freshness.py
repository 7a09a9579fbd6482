"""What the book holds of each page of the coverage maps, gathered for ``status``."""

from __future__ import annotations

import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from . import syllabus
from .chapter import load
from .errors import BookError
from .execute import plan
from .layout import Book
from .pages import chapters
from .store import Store


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
    changed: str  # date of the last commit, "chưa commit", or ''
    path: str

    def data(self) -> dict:
        return asdict(self)


def rows(book: Book, course: str | None = None) -> list[Row]:
    """Every page of every course (or of one), in teaching order."""
    folder = book.root / syllabus.PLACE
    courses = syllabus.load(folder) if folder.is_dir() else {}
    if course and course not in courses:
        raise BookError(
            syllabus.PLACE, 1, "S-COURSE", f"không có khóa {course}",
            f"chọn một trong {', '.join(courses) or '(chưa có khóa nào)'}",
        )  # fmt: skip
    written = chapters.scan(book.root, book.docs)
    dates = last_commits(book.root)
    return [
        row(book, page, written.get(page.id), dates)
        for name, one in courses.items() if course in (None, name)
        for page in one.pages
    ]  # fmt: skip


def row(book: Book, page, chapter, dates: dict[str, str]) -> Row:
    """What is known of one page; an absent one has no file."""
    total = len(page.topics)
    if chapter is None:
        return Row(page.course, page.id, page.title_vi, "absent", 0, total, "", "", "")
    path = f"{chapter.doc}.md"
    treated = len(chapter.topics & set(range(1, total + 1)))
    return Row(
        page.course, page.id, page.title_vi, chapter.state, treated, total,
        executed(book, chapter.doc), dates.get(path, "chưa commit"), path,
    )  # fmt: skip


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
