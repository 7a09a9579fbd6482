"""One build at a time in one folder; the second waits and says for whom."""

from __future__ import annotations

import fcntl
import os
import sys
from contextlib import contextmanager

from .layout import Book

_held: set[int] = set()


def _let_go() -> None:
    """A forked child (extensions of Sphinx start some) must not keep the lock alive."""
    for handle in _held:
        os.close(handle)
    _held.clear()


os.register_at_fork(after_in_child=_let_go)


@contextmanager
def only_one(book: Book):
    """Hold the build lock; the kernel releases it even after ``kill -9``."""
    book.work.mkdir(parents=True, exist_ok=True)
    handle = os.open(book.work / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    _held.add(handle)
    try:
        _wait(handle)
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        _held.discard(handle)
        os.close(handle)


def _wait(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(
            "Một lần dựng khác đang chạy "
            f"(tiến trình {os.pread(handle, 20, 0).decode()}); đợi nó xong…",
            file=sys.stderr,
            flush=True,
        )
        fcntl.flock(handle, fcntl.LOCK_EX)
