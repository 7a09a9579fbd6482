"""One build at a time in one folder; the second waits and says for whom."""

from __future__ import annotations

import fcntl
import os
import sys
from contextlib import contextmanager

from .layout import Book


@contextmanager
def only_one(book: Book):
    """Hold the build lock; the kernel releases it even after ``kill -9``."""
    book.work.mkdir(parents=True, exist_ok=True)
    with open(book.work / "lock", "a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            print(
                f"Một lần dựng khác đang chạy (tiến trình {file.read().strip()}); "
                "đợi nó xong…",
                file=sys.stderr,
                flush=True,
            )
            fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
