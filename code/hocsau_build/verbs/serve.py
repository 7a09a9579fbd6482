"""Dựng sách, mở máy chủ tại chỗ, tự dựng lại và tải lại trang khi tệp đổi.

Ví dụ:  python -m hocsau_build serve
        python -m hocsau_build serve --port 9000
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from pathlib import Path

from ..errors import BookError
from ..execute import execute
from ..layout import Book, find_root
from ..live_site import News, start, stop
from ..lock import only_one
from . import book as builder

WATCHED = ("book", "code", "_toc.yml", "_config.yml")
#: Code that the running process has already loaded: a change needs a new process.
LOADED = ("code/hocsau_build/", "code/hocsau/live/")
SKIPPED = ("__pycache__", ".ipynb_checkpoints", ".egg-info", "/.", "~")


def arguments(parser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="cổng đầu tiên được thử")
    parser.add_argument("--jobs", type=int, help="số kernel chạy cùng lúc")
    parser.set_defaults(all=False, quiet=True)


def main(args) -> int:
    book = Book(find_root())
    news, fresh, changing = News(), True, watch(book.root)
    next(changing)  # from here on no edit is missed, not even during the first build
    rebuild(book, args, news, fresh)
    server = start(book.html, args.port, news)
    print(f"\nMở http://127.0.0.1:{server.server_port}/  (Ctrl-C để dừng)", flush=True)
    try:
        for changes in filter(None, changing):
            names = sorted({book.show(Path(p)) for _, p in changes})
            print(
                f"\nĐổi: {', '.join(names[:5])}{' …' if names[5:] else ''}", flush=True
            )
            fresh = fresh and not any(n.startswith(LOADED) for n in names)
            rebuild(Book(book.root), args, news, fresh)
    except KeyboardInterrupt:
        print("\nĐã dừng.")
    finally:
        stop(server)
    return 0


def watch(root: Path):
    """Sets of changes under what a page can depend on; empty ones when all is still."""
    from watchfiles import watch as follow

    logging.getLogger("watchfiles").setLevel(logging.WARNING)
    paths = [root / name for name in WATCHED if (root / name).exists()]
    return follow(
        *paths, watch_filter=wanted, debounce=400, rust_timeout=500,
        yield_on_timeout=True, raise_interrupt=True,
    )  # fmt: skip


def wanted(_change, path: str) -> bool:
    """Not what editors and Python leave behind."""
    return not any(mark in path for mark in SKIPPED) and not path.endswith(
        (".pyc", ".swp")
    )


def rebuild(book: Book, args, news: News, fresh: bool = True) -> None:
    """One build; open pages reload, or show what is wrong."""
    began = time.time()
    try:
        errors = build(book, args) if fresh else build_apart(book, args)
    except BookError as exc:
        errors = [str(exc)]
    took = f"{time.time() - began:.1f} s"
    if errors:
        print("\n".join(errors), file=sys.stderr)
        print(f"Chưa dựng được ({took}); trang đang mở giữ bản trước.", flush=True)
        news.tell("failed", json.dumps("\n".join(errors), ensure_ascii=False))
    else:
        print(f"Đã dựng ({took}).", flush=True)
        news.tell("reload")


def build(book: Book, args) -> list[str]:
    """Check, execute and draw in this process; what went wrong, as lines."""
    with only_one(book):
        found = builder.structure(book) or execute(book, None, args.jobs)
        if found:
            return [str(e) for e in sorted(found, key=lambda e: e.problem)]
        code = builder.draw(book, args)
    return [] if code == 0 else ["Sphinx báo lỗi; xem cửa sổ lệnh."]


def build_apart(book: Book, args) -> list[str]:
    """The same in a new process, once the workshop's own code has changed."""
    command = [sys.executable, "-m", "hocsau_build", "book"]
    command += ["--jobs", str(args.jobs)] if args.jobs else []
    done = subprocess.run(command, cwd=book.root, stderr=subprocess.PIPE, text=True)
    if done.returncode == 0:
        return []
    return done.stderr.strip().splitlines()[-20:] or ["Dựng hỏng, không có thông báo."]
