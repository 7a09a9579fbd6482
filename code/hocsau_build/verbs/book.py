"""Dựng trang web: soát lỗi cấu trúc, chạy trang còn thiếu, rồi vẽ.

Ví dụ:  python -m hocsau_build book
"""

from __future__ import annotations

import sys

from .. import drawn
from ..execute import execute, report
from ..layout import Book, find_root
from ..lock import only_one


def arguments(parser) -> None:
    parser.add_argument("--jobs", type=int, help="số kernel chạy cùng lúc")
    parser.add_argument("--all", action="store_true", help="vẽ lại mọi trang")
    parser.add_argument("-q", "--quiet", action="store_true", help="Sphinx nói ít")


def main(args) -> int:
    book = Book(find_root())
    with only_one(book):
        if not args.all and drawn.current(book):
            print(f"Không có gì đổi. Mở {book.html / 'index.html'}")
            return 0
        errors = structure(book) or execute(book, None, args.jobs)
        if errors:
            report(errors)
            print("Chưa vẽ trang: sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
            return 1
        code = draw(book, args)
    if code == 0:
        print(f"Xong. Mở {book.html / 'index.html'}")
    return code


def structure(book: Book) -> list:
    """Problems that would make the rest of the build lie."""
    from ..check import structural

    return structural(book)


def draw(book: Book, args) -> int:
    """Draw the site, unless it was drawn from exactly what is here."""
    if not args.all and drawn.current(book):
        print("Không có gì phải vẽ lại.")
        return 0
    inputs = drawn.digest(book)
    drawn.forget(book)
    code = sphinx(book, args)
    if code == 0:
        drawn.remember(book, inputs)
    return code


def sphinx(book: Book, args) -> int:
    """Jupyter Book on the root, warnings as errors, every page even if one fails."""
    from jupyter_book.cli.main import build

    argv = [str(book.root), "--path-output", str(book.build.parent), "--warningiserror"]
    argv += ["--keep-going", "-q"] + (["--all"] if args.all else [])
    try:
        build.main(argv, standalone_mode=False)
    except SystemExit as exc:
        return int(exc.code or 0)
    except Exception as exc:
        print(exc, file=sys.stderr)
        return 1
    return 0
