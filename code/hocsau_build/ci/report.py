"""Which pages a pull request changes: ``python -m hocsau_build.ci.report BASE FILE``.

Runs beside the contributor's code, without any right; what it writes is data that the
comment's workflow does not trust.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from .. import check
from ..chapter import load
from ..errors import BookError
from ..execute import plan
from ..layout import Book, find_root
from ..store import Store


def main(base: str, out: str) -> int:
    """Write the report of the working tree against ``base``."""
    book = Book(find_root())
    data = {
        "pages": pages(book, changed(book.root, base)),
        "check": len(check.problems(book)),
    }
    Path(out).write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    print(f"{len(data['pages'])} trang đổi, {data['check']} điều phải sửa")
    return 0


def changed(root: Path, base: str) -> set[str]:
    """Files that differ from where the branch left ``base``."""
    command = ["git", "-C", str(root), "-c", "core.quotepath=off"]
    command += ["diff", "--name-only", f"{base}...HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines())


def pages(book: Book, files: set[str]) -> list[dict]:
    """Pages whose own text, or whose modules or data, are among the files."""
    out = []
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
        if files.isdisjoint(reasons):
            continue
        out.append({"doc": doc, "title": title(page.text), **cost(work, book)})
    return out


def title(text: str) -> str:
    """First heading of level one."""
    lines = (line[2:].strip() for line in text.splitlines() if line.startswith("# "))
    return next(lines, "")


def cost(work, book: Book) -> dict:
    """Seconds that running the page took, where it runs."""
    record = Store(book.store).get(work.key) if work else None
    return {"seconds": record.facts["seconds"]} if record else {}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
