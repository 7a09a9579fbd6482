"""Dựng khung một trang mới và ghi nó vào _toc.yml.

Ví dụ:  python -m hocsau_build new nyu/04-1
"""

from __future__ import annotations

from ..layout import Book, find_root
from ..scaffold import create


def arguments(parser) -> None:
    parser.add_argument("id", help="id của trang trong book/_syllabus/, ví dụ nyu/04-1")


def main(args) -> int:
    book = Book(find_root())
    path = create(args.id, book)
    print(f"Đã viết {book.show(path)} và ghi vào _toc.yml. Tiếp theo: make serve")
    return 0
