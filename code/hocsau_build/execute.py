"""Bring every page's outputs into the store: what is missing runs, in parallel."""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from . import assemble, key
from .chapter import Chapter, load
from .closure import Closure
from .errors import BookError
from .layout import Book
from .run import STOPPING, run_page, stop_all
from .store import Record, Store, write_atomic


@dataclass
class Plan:
    """Everything needed to run or look up one page."""

    doc: str
    chapter: Chapter
    setup: str
    closure: Closure
    data: dict[str, Path]
    key: str
    cells: list  # [(source, parts | None)]


def plan(doc: str, book: Book, chapter: Chapter | None = None) -> Plan:
    """Expand embeds and compute the key of a page."""
    path = book.path(doc)
    chapter = chapter or load(path, book.show(path))
    cells = assemble.expand(chapter, book)
    setup = assemble.setup_source(chapter, book)
    closure = key.safe_dependencies(chapter, book, setup)
    return Plan(
        doc, chapter, setup, closure,
        key.data_files(chapter, closure, book),
        key.page_key(chapter, closure, book, setup), cells,
    )  # fmt: skip


def run(plan: Plan, book: Book) -> Record:
    """Execute a page, check that its key told the truth, and keep the result."""
    sources = [plan.setup, *(source for source, _ in plan.cells)]
    record = run_page(plan.chapter, sources, book.root)
    check_run(plan, record, book)
    del record.facts["files"], record.facts["modules"]  # checked; not worth keeping
    record.facts["versions"] = key.versions(frozenset(plan.closure.foreign))
    Store(book.store).put(plan.key, record)
    return record


def check_run(plan: Plan, record: Record, book: Book) -> None:
    """Refuse a run that used what the key of its page cannot see."""
    _check_modules(plan, record)
    _check_files(plan, record, book)


def _check_modules(plan: Plan, record: Record) -> None:
    extra = set(record.facts["modules"]) - plan.closure.loaded
    extra -= {m for m in extra if m.split(".")[:2] == ["hocsau", "live"]}
    if extra:
        raise BookError(
            plan.chapter.shown, 1, "E-HIDDEN",
            f"trang nạp mô-đun mà chữ không thấy được: {', '.join(sorted(extra))}",
            "import chúng bằng câu lệnh import thường ở ô mã hoặc mô-đun",
        )  # fmt: skip


def _check_files(plan: Plan, record: Record, book: Book) -> None:
    named = {p.resolve() for p in plan.data.values()}
    opened = (Path(f).resolve() for f in record.facts["files"])
    extra = [book.show(f) for f in opened if f not in named and _content(f, book)]
    if extra:
        raise BookError(
            plan.chapter.shown, 1, "E-DATA",
            f"trang đọc tệp không khai báo: {', '.join(sorted(extra)[:5])}",
            "thêm vào phần đầu tệp: hocsau: data: [đường/dẫn]",
        )  # fmt: skip


def _content(path: Path, book: Book) -> bool:
    """Whether a file is part of the book: not an environment, a build or packaging."""
    try:
        parts = path.relative_to(book.root.resolve()).parts
    except ValueError:
        return False
    if parts[0].startswith((".", "_")) or path.is_relative_to(sys.prefix):
        return False
    return not any(p.endswith((".egg-info", ".dist-info")) for p in parts)


class Timings:
    """How long each page took last time, to start the longest first."""

    def __init__(self, book: Book):
        self.path = book.work / "timings.json"
        try:
            self.seconds = {
                str(k): float(v)
                for k, v in json.loads(self.path.read_text("utf-8")).items()
            }
        except (OSError, ValueError, AttributeError, TypeError):
            self.seconds = {}

    def save(self, doc: str, seconds: float) -> None:
        self.seconds[doc] = seconds
        write_atomic(self.path, json.dumps(self.seconds, indent=0))

    def order(self, plans: list[Plan]) -> list[Plan]:
        """Longest known first; unknown pages before all (they may be longest)."""
        return sorted(plans, key=lambda p: -self.seconds.get(p.doc, 1e9))


def execute(
    book: Book, docs: list[str] | None = None, jobs: int | None = None, say=print
) -> list[BookError]:
    """Run what the store lacks; one page's failure does not lose the others'."""
    plans, errors = [], []
    for doc in docs if docs is not None else book.docs:
        try:
            chapter = load(book.path(doc), book.show(book.path(doc)))
            if chapter.is_notebook:
                plans.append(plan(doc, book, chapter))
        except BookError as exc:
            errors.append(exc)
    store = Store(book.store)
    missing = [p for p in plans if store.get(p.key) is None]
    write_atomic(_last(book), json.dumps([p.doc for p in missing]))
    say(f"{len(plans)} trang có mã: {len(plans) - len(missing)} còn mới, "
        f"{len(missing)} cần chạy")  # fmt: skip
    if missing:
        errors += _run_all(missing, book, jobs or workers(), say)
    store.prune()
    return errors


def _last(book: Book) -> Path:
    return book.work / "last-run.json"


def last_run(book: Book) -> set[str]:
    """Pages that the last build had to execute."""
    try:
        return set(json.loads(_last(book).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return set()


def workers() -> int:
    """One kernel for each core this process may use."""
    return max(1, int(os.environ.get("HOCSAU_JOBS", len(os.sched_getaffinity(0)))))


def _run_all(plans: list[Plan], book: Book, jobs: int, say) -> list[BookError]:
    timings, errors, done, began = Timings(book), [], 0, time.time()
    STOPPING.clear()
    with ThreadPoolExecutor(jobs) as pool:
        futures = {pool.submit(run, p, book): p for p in timings.order(plans)}
        try:
            for future in as_completed(futures):
                page, done = futures[future], done + 1
                try:
                    record = future.result()
                except BookError as exc:
                    errors.append(exc)
                    say(f"  {bar(done, len(plans))} HỎNG {page.doc}")
                else:
                    timings.save(page.doc, record.facts["seconds"])
                    say(f"  {bar(done, len(plans))} {record.facts['seconds']:6.1f} s  "
                        f"{page.doc}")  # fmt: skip
        except KeyboardInterrupt:
            stop_all()
            pool.shutdown(wait=False, cancel_futures=True)
            say("\nĐã dừng; các trang đã chạy xong vẫn được giữ.")
            raise
    say(f"  tổng cộng {time.time() - began:.1f} s trên {jobs} nhân")
    return errors


def bar(done: int, total: int, width: int = 20) -> str:
    """``[#####---------------]  3/12``: one line a page, readable in a log too."""
    full = round(width * done / total)
    return f"[{'#' * full}{'-' * (width - full)}] {done:3d}/{total}"


def report(errors: list[BookError]) -> int:
    """Print every error; exit code 1 when there is one."""
    for error in sorted(errors, key=lambda e: e.problem):
        print(error, file=sys.stderr)
    return 1 if errors else 0
