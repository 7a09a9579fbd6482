"""Whether the site on disk was drawn from exactly what is here now.

Sphinx takes seconds to find out that nothing is to be done; a digest of the names,
sizes and times of every input, and of the stored outputs, takes milliseconds.
"""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

from .layout import Book
from .repo import built_commit
from .store import write_atomic

INPUTS = ("book", "code", "_config.yml", "_toc.yml", ".github/ISSUE_TEMPLATE")
TOOLS = ("sphinx", "jupyter-book", "myst-nb", "sphinx-book-theme", "sphinx-exercise")
SKIPPED = ("__pycache__", ".ipynb_checkpoints")


def current(book: Book) -> bool:
    """The stamp holds, and every page and the search index are there."""
    try:
        same = _stamp(book).read_text("utf-8") == digest(book)
    except (OSError, ValueError):
        return False
    pages = [book.html / f"{doc}.html" for doc in book.docs]
    return same and all(p.is_file() for p in [*pages, book.html / "index.html"])


def forget(book: Book) -> None:
    """A drawing begins: until it ends well, nothing is known."""
    _stamp(book).unlink(missing_ok=True)


def remember(book: Book, what: str) -> None:
    """The site was drawn from the inputs of this digest, taken before drawing."""
    write_atomic(_stamp(book), what)


def digest(book: Book) -> str:
    """Of every file that a page is drawn from, of tools, environment and commit."""
    parts = [f"{p}:{_facts(p)}" for p in _files(book.root)]
    parts += [_record(p) for p in sorted(book.store.glob("*/*.json"))]
    parts += [f"{t}={_version(t)}" for t in TOOLS]
    parts += [
        f"{k}={v}" for k, v in sorted(os.environ.items())
        if k.startswith(("HOCSAU_", "GITHUB_REPOSITORY"))
    ]  # fmt: skip
    parts += [built_commit(str(book.root)), sys.version, _installed()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _files(root: Path):
    for name in INPUTS:
        place = root / name
        found = sorted(place.rglob("*")) if place.is_dir() else [place]
        for path in found:
            if path.is_file() and not any(s in path.parts for s in SKIPPED):
                yield path


def _facts(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_size}:{stat.st_mtime_ns}"


def _record(path: Path) -> str:
    """Name of a record and the digest of its outputs, its first line."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return f"{path.name}:{file.readline()}"


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "-"


def _installed() -> str:
    """Changes when a package comes, goes or is replaced."""
    return str(Path(sysconfig.get_path("purelib")).stat().st_mtime_ns)


def _stamp(book: Book) -> Path:
    return book.work / "drawn"
