"""What changed upstream since the commit that a page records."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import asdict, dataclass
from urllib.parse import quote, unquote, urlsplit

from .. import syllabus
from .git import Clone, GitError

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.M)
COMMIT = re.compile(r"[0-9a-f]{7,40}")
MOST_LINES = 12


@dataclass(frozen=True)
class File:
    """One upstream file: ``lines`` are where it changed, in its new text."""

    path: str
    added: int = 0
    deleted: int = 0
    lines: tuple[str, ...] = ()
    gone: bool = False
    link: str = ""


@dataclass(frozen=True)
class Drift:
    """A page against its course's repository at ``head``, as asked on ``checked``."""

    base: str
    head: str
    date: str
    repository: str
    files: tuple[File, ...] = ()
    checked: str = ""

    def data(self) -> dict:
        return asdict(self)

    @classmethod
    def of(cls, data: dict) -> Drift:
        files = (File(**{**f, "lines": tuple(f["lines"])}) for f in data["files"])
        return cls(**{**data, "files": tuple(files)})


@dataclass(frozen=True)
class Source:
    """Where a page of a map comes from: a repository, files of it, a commit."""

    repository: str
    paths: tuple[str, ...]
    commit: str


def source(course: syllabus.Course, page: syllabus.Page, commit: str = "") -> Source:
    """What to compare; ``commit`` is the page's own, else the map's counts."""
    repository = page.source.get("repository") or course.facts.get("repository") or ""
    own = [page.source["path"]] if page.source.get("path") else []
    here = f"/{'/'.join(repository.split('/')[-2:])}/blob/"
    notebooks = (unquote(urlsplit(url).path) for url in page.notebooks)
    own += [n.split("/", 5)[5] for n in notebooks if repository and here in n]
    base = str(commit or page.source.get("commit") or "")
    paths = tuple(dict.fromkeys(own))
    return Source(repository, paths, base if COMMIT.fullmatch(base) else "")


def compare(clone: Clone, what: Source) -> Drift:
    """Files of the page that differ between its commit and the newest one."""
    base = clone.commit(what.commit)
    if not base:
        raise GitError(f"kho {clone.url} không có commit {what.commit}")
    date = clone.run("show", "-s", "--format=%cs", clone.head).strip()
    link = f"{what.repository}/compare/{what.commit}...{clone.head[:12]}"
    files = (one(clone, base, path, link) for path in what.paths)
    return Drift(
        what.commit, clone.head, date, what.repository, tuple(f for f in files if f),
        dt.date.today().isoformat(),
    )  # fmt: skip


def one(clone: Clone, base: str, path: str, compare_url: str) -> File | None:
    """The change of one file; nothing when it has none."""
    exact = ("--", f":(literal){path}")
    numbers = clone.run("diff", "--numstat", base, clone.head, *exact, timeout=300)
    if not numbers.strip():
        return None
    added, deleted = (int(n) if n.isdigit() else 0 for n in numbers.split()[:2])
    patch = clone.run("diff", "-U0", base, clone.head, *exact, timeout=300)
    link = f"{compare_url}#diff-{hashlib.sha256(path.encode()).hexdigest()}"
    gone = not clone.run("ls-tree", clone.head, *exact).strip()
    if gone:
        link = f"{compare_url.split('/compare/')[0]}/commits/HEAD/{quote(path)}"
    return File(path, added, deleted, ranges(patch), gone, link)


def ranges(patch: str) -> tuple[str, ...]:
    """``40–44`` for each hunk, in the new text; a pure deletion is its place."""
    out = []
    for match in _HUNK.finditer(patch):
        first, count = int(match[1]), int(match[2] or 1)
        out.append(str(first) if count < 2 else f"{first}–{first + count - 1}")
    return tuple(out[:MOST_LINES]) + (("…",) if len(out) > MOST_LINES else ())


def words(file: File) -> str:
    """One file's change in one phrase."""
    if file.gone:
        return f"{file.path} không còn ở chỗ cũ"
    lines = f", dòng {', '.join(file.lines)}" if file.lines else ""
    return f"{file.path}: +{file.added} −{file.deleted} dòng{lines}"
