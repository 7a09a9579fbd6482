"""Viết notebooks/ cho Colab và Binder từ các trang của sách.

Ví dụ:  python -m hocsau_build export
        python -m hocsau_build export --check
"""

from __future__ import annotations

import sys

from ..export import writer
from ..layout import Book, find_root


def arguments(parser) -> None:
    parser.add_argument("--check", action="store_true", help="chỉ xem có cũ không")


def main(args) -> int:
    book = Book(find_root())
    if args.check:
        problems = writer.check(book)
        for problem in problems:
            print(problem, file=sys.stderr)
        return 1 if problems else 0
    for path in writer.write(book):
        print("  viết" if path.exists() else "  xóa", book.show(path))
    return 0
