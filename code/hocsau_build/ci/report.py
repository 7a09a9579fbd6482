"""What a pull request changes: ``python -m hocsau_build.ci.report BASE FILE``.

Runs beside the contributor's code, without any right; what it writes is data that the
comment's workflow does not trust.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from .. import check
from ..chapter import load
from ..errors import BookError, Problem
from ..execute import Plan, last_run, plan
from ..layout import Book, find_root
from ..store import Record, Store
from . import figures

MOST_FINDINGS = 200


def main(base: str, out: str) -> int:
    """Write the report of the working tree against ``base``, built or not."""
    book = Book(find_root())
    try:
        data = told(book, base)
    except BookError as exc:  # a file without which no page can be looked at
        data = {"pages": [], "figures": [], "unknown": [], **said([exc.problem])}
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    Path(out).write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    print(f"{len(data['pages'])} trang đổi, {data['check']} điều phải sửa, "
          f"{len(data['figures'])} hình đổi")  # fmt: skip
    return 0


def told(book: Book, base: str) -> dict:
    """Everything that the comment shows."""
    found, files = check.problems(book), changed(book.root, base)
    return {"pages": pages(book, files), **said(found), **pictures(book, base, files)}


def said(found: list[Problem]) -> dict:
    """What is to be mended, as far as a comment can hold it."""
    findings = [asdict(p) for p in found[:MOST_FINDINGS]]
    return {"check": len(found), "findings": findings}


def git(root: Path, *args: str) -> str:
    command = ["git", "-C", str(root), "-c", "core.quotepath=off", *args]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def changed(root: Path, base: str) -> set[str]:
    """Files that differ from where the branch left ``base``."""
    return set(git(root, "diff", "--name-only", f"{base}...HEAD").splitlines())


def touched(book: Book, files: set[str]):
    """Pages whose own text, or whose modules or data, are among the files."""
    for doc in book.docs:
        try:
            page = load(book.path(doc), book.show(book.path(doc)))
            work = plan(doc, book, page) if page.is_notebook else None
        except BookError:
            continue  # the build says it
        reasons = [doc + ".md"]
        if work:
            reasons += [book.show(p) for p in work.closure.modules.values()]
            reasons += list(work.data)
        if not files.isdisjoint(reasons):
            yield doc, page, work


def pages(book: Book, files: set[str]) -> list[dict]:
    """What the comment shows of each changed page."""
    ran = last_run(book)
    return [
        {"doc": doc, "title": title(page.text), **cost(work, book), "ran": doc in ran}
        for doc, page, work in touched(book, files)
    ]


def title(text: str) -> str:
    """First heading of level one."""
    lines = (line[2:].strip() for line in text.splitlines() if line.startswith("# "))
    return next(lines, "")


def cost(work: Plan | None, book: Book) -> dict:
    """Seconds that running the page took, where it runs."""
    record = stored(work, book)
    return {"seconds": record.facts["seconds"]} if record else {}


def stored(work: Plan | None, book: Book) -> Record | None:
    return Store(book.store).get(work.key) if work else None


def pictures(book: Book, base: str, files: set[str]) -> dict:
    """Changed figures, written beside the site; pages that cannot be compared."""
    folder, rows, unknown = book.html / figures.PLACE, [], []
    with Base(book, base) as old:
        for doc, page, work in touched(book, files):
            if work is None:
                continue
            after = figures.pictures(page, stored(work, book))
            before = old.pictures(doc)
            if before is None:
                unknown.append(doc)
                continue
            found = figures.changed(before, after)
            rows += figures.write(folder, doc, found, len(rows) + 1)
    figures.page(folder, rows)
    return {"figures": rows, "unknown": unknown}


class Base:
    """The book as it was where the branch left main, in a folder of its own."""

    def __init__(self, book: Book, base: str):
        self.book = book
        self.folder = book.build / "base"
        self.commit = git(book.root, "merge-base", base, "HEAD").strip()

    def __enter__(self) -> Base:
        place = ("--detach", "--force", str(self.folder), self.commit)
        git(self.book.root, "worktree", "add", *place)
        return self

    def __exit__(self, *_) -> None:
        git(self.book.root, "worktree", "remove", "--force", str(self.folder))

    def pictures(self, doc: str) -> dict | None:
        """Figures of a page then; empty for a new page, None when not in the store."""
        old = Book(self.folder)
        path = old.path(doc)
        if not path.exists():
            return {}
        try:
            page = load(path, old.show(path))
            record = stored(plan(doc, old, page), self.book)
        except BookError:
            return None
        return figures.pictures(page, record) if record else None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
