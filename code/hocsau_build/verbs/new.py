"""Dựng khung một trang mới và ghi nó vào _toc.yml.

Ví dụ:  python -m hocsau_build new nyu/04-1
        python -m hocsau_build new nyu/04-1 --module hocsau.conv1d
        python -m hocsau_build new nyu/04-1 --translate     (bản dịch, theo dàn bản gốc)
"""

from __future__ import annotations

from ..layout import Book, find_root
from ..scaffold import create, wish_of


def arguments(parser) -> None:
    parser.add_argument("id", help="id của trang trong book/_syllabus/, ví dụ nyu/04-1")
    parser.add_argument(
        "--module", default="", help="viết thêm khung mô-đun và phép thử: hocsau.conv1d"
    )
    parser.add_argument("--translate", action="store_true", help="trang dịch bài gốc")


def main(args) -> int:
    book = Book(find_root())
    wish = wish_of(book.root, module=args.module, translate=args.translate)
    for path in create(args.id, book, wish):
        print(f"Đã viết {book.show(path)}")
    print("Đã ghi vào _toc.yml. Tiếp theo: make serve để xem, make check để biết "
          "còn phải viết gì.")  # fmt: skip
    return 0
