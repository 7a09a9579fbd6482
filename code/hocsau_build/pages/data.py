"""The facts that generated parts draw from, gathered once per build."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from .. import freshness, glossary, recordings, syllabus
from ..layout import Book
from ..repo import repo_info
from ..upstream import survey
from . import chapters

#: Issue form for claiming a page; used when the repository has it.
CLAIM_FORM = "nhan-trang.yml"


@dataclass(frozen=True)
class Facts:
    """Courses, chapters and terms, and links into the repository."""

    courses: dict
    written: dict
    terms: list
    repository: str
    form: bool
    digest: str
    moved: dict = field(default_factory=dict)  # upstream changes by page id
    upstream: dict = field(default_factory=dict)  # moved, same, unknown by page id
    recorded: dict = field(default_factory=dict)  # state and day of recordings by page

    @classmethod
    def read(cls, app) -> Facts:
        """Everything, from the source folder of a Sphinx build."""
        root = Path(app.srcdir)
        folder, terms = root / syllabus.PLACE, root / glossary.PLACE
        repository = repo_info(root).url
        form = (root / ".github/ISSUE_TEMPLATE" / CLAIM_FORM).is_file()
        docs, book = app.env.found_docs, Book(root)
        written = chapters.scan(root, docs)
        known = {
            "moved": survey.moved(book, docs),
            "upstream": freshness.upstream(book, docs=docs),
            "recorded": recordings.listing(book, docs),
        }
        return cls(
            courses=syllabus.load(folder) if folder.is_dir() else {},
            written=written,
            terms=glossary.load(terms) if terms.is_file() else [],
            repository=repository,
            form=form,
            digest=_digest(folder, terms, written, repository, form, known),
            **known,
        )

    def state(self, page) -> str:
        """``absent`` … ``reviewed``."""
        chapter = self.written.get(page.id)
        return chapter.state if chapter else "absent"

    def treated(self, page) -> int:
        """How many of the page's topics its chapter marks."""
        chapter = self.written.get(page.id)
        numbers = range(1, len(page.topics) + 1)
        return sum(n in chapter.topics for n in numbers) if chapter else 0

    def count(self, course_id: str, what: str = "pages") -> int:
        """``pages``, ``written``, ``reviewed`` or ``topics`` of a course."""
        pages = self.courses[course_id].pages
        if what == "pages":
            return len(pages)
        if what == "topics":
            return sum(len(p.topics) for p in pages)
        states = {"written": ("draft", "reviewed"), "reviewed": ("reviewed",)}[what]
        return sum(self.state(p) in states for p in pages)

    def claim(self, page) -> str:
        """Link to an issue, filled in, by which a contributor takes this page."""
        title = f"Nhận trang {page.id}: {page.title_vi}"
        query = {"title": title, "labels": "nhận trang"}
        if self.form:
            query |= {"template": CLAIM_FORM, "page": page.id}
        else:
            query["body"] = f"Tôi muốn viết trang {page.id}, {page.title_vi}.\n"
        return f"{self.repository}/issues/new?{urlencode(query)}"


def _digest(folder: Path, terms: Path, written: dict, *rest) -> str:
    digest = hashlib.sha256()
    for path in [*sorted(folder.glob("*.yml")), terms]:
        digest.update(path.read_bytes() if path.is_file() else b"-")
    for _, w in sorted(written.items()):
        known = (w.doc, w.id, w.state, sorted(w.topics), w.updated)
        digest.update(repr(known).encode())
    digest.update(repr(rest).encode())
    return digest.hexdigest()
