"""Write every notebook, or say which ones are behind."""

from __future__ import annotations

import json
from ast import literal_eval
from pathlib import Path

from .. import recordings
from ..chapter import load
from ..errors import BookError, Problem
from ..execute import plan, run
from ..layout import Book
from ..store import Store, write_atomic
from . import pin
from .notebook import build, target

README = """\
# notebooks/

Mỗi tệp ở đây được viết tự động từ một trang trong `book/` (`make notebooks`).
Đừng sửa tay: lần viết sau sẽ chép đè. Sửa trang gốc rồi chạy lại lệnh trên.
"""


def pages(book: Book) -> list[tuple[str, bool]]:
    """Notebooks to write, in reading order: page, and whether its exercise version."""
    out = []
    for doc in book.docs:
        page = load(book.path(doc), book.show(book.path(doc)))
        out += [(doc, False)] if page.is_notebook else []
        out += [(doc, True)] if page.has_gaps else []
    return out


def write(book: Book) -> list[Path]:
    """Write what changed, remove what no page owns; returns the touched files."""
    commit, touched = pin.newest(book.root), []
    wanted = {book.root / "notebooks" / "README.md": README}
    for doc, exercise in pages(book):
        path = target(doc, book, exercise)
        old = _read(path)
        kept = pin.of_notebook(old)
        use = kept if kept and pin.same_code(book.root, kept) else commit
        wanted[path] = build(doc, book, results(doc, book), use, exercise)
    for path, text in wanted.items():
        if _read(path) != text:
            write_atomic(path, text)
            path.chmod(0o644)
            touched.append(path)
    for path in strays(book, set(wanted)):
        path.unlink()
        touched.append(path)
    return touched


def check(book: Book) -> list[Problem]:
    """Notebooks that differ from what their page says now."""
    problems, owned = [], set()
    for doc, exercise in pages(book):
        path = target(doc, book, exercise)
        owned.add(path)
        problems += _check_one(doc, path, book, exercise)
    owned.add(book.root / "notebooks" / "README.md")
    for path in strays(book, owned):
        problems.append(_problem(book, path, "không trang nào sinh ra notebook này"))
    return problems


def _check_one(doc: str, path: Path, book: Book, exercise: bool) -> list[Problem]:
    old = _read(path)
    if not old:
        return [_problem(book, path, "thiếu notebook của trang " + doc)]
    commit = pin.of_notebook(old)
    if not pin.same_code(book.root, commit):
        return [_problem(book, path, f"cài gói ở bản cũ {commit[:10]}")]
    try:
        glue = json.loads(old)["metadata"]["hocsau"]["glue"]
        fresh = build(doc, book, glue, commit, exercise)
    except BookError as exc:
        return [exc.problem]
    except (ValueError, KeyError, TypeError):
        fresh = None
    if fresh != old:
        what = "khác với trang gốc (trang đã đổi, hoặc bị sửa tay)"
        return [_problem(book, path, what)]
    return []


def _problem(book: Book, path: Path, what: str) -> Problem:
    return Problem(book.show(path), 1, "X-OLD", what, "chạy make notebooks rồi commit")


def strays(book: Book, owned: set[Path]) -> list[Path]:
    """Files under ``notebooks/`` that belong to no page."""
    folder = book.root / "notebooks"
    found = (p for p in folder.rglob("*") if p.is_file())
    return sorted(p for p in found if p not in owned and p.name != ".gitkeep"
                  and ".ipynb_checkpoints" not in p.parts)  # fmt: skip


def results(doc: str, book: Book) -> dict[str, str]:
    """Results that the prose quotes, from the page's run (which happens if missing)."""
    work = plan(doc, book)
    record = Store(book.store).get(work.key) or run(work, book)
    prefix = "application/papermill.record/"
    out = {}
    recorded = recordings.glued(recordings.look(work.chapter, book))
    for outputs in [*record.outputs, *recorded]:
        for output in outputs:
            name = (output.get("metadata") or {}).get("scrapbook", {}).get("name")
            if name:
                out[name] = literal_eval(output["data"][prefix + "text/plain"])
    return out


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""
