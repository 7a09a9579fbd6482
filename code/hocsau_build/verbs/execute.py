"""Chạy các trang mà kho kết quả chưa có.

Ví dụ:  python -m hocsau_build execute book/nyu/tuan-01/01-1-lich-su-va-cam-hung.md
"""

from __future__ import annotations

from ..execute import execute, report
from ..layout import Book, find_root
from ..lock import only_one


def arguments(parser) -> None:
    parser.add_argument("pages", nargs="*", help="đường dẫn trang; trống là mọi trang")
    parser.add_argument("--jobs", type=int, help="số kernel chạy cùng lúc")
    parser.add_argument("--force", action="store_true", help="chạy lại dù còn mới")


def main(args) -> int:
    book = Book(find_root())
    docs = [book.doc(p) for p in args.pages] or None
    with only_one(book):
        if args.force:
            forget(book, docs)
        return report(execute(book, docs, args.jobs))


def forget(book: Book, docs: list[str] | None) -> None:
    """Drop the records of the named pages, so that they run again."""
    from ..chapter import load
    from ..execute import plan
    from ..store import Store

    for doc in docs or book.docs:
        page = load(book.path(doc), book.show(book.path(doc)))
        if page.is_notebook:
            Store(book.store).path(plan(doc, book, page).key).unlink(missing_ok=True)
