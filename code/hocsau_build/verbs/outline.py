"""Ghi dàn ý của bản gốc (tiêu đề, công thức, hình, ô mã) cho các trang dịch.

Dàn ý nằm trong book/_syllabus/outlines/, không chép câu chữ nào của bản gốc; nhờ nó mà
`check` soát được bản dịch không cần mạng.

Ví dụ:  python -m hocsau_build outline            (trang dịch nào còn thiếu dàn ý)
        python -m hocsau_build outline nyu/04-1
"""

from __future__ import annotations

from ..errors import BookError
from ..layout import Book, find_root
from ..upstream import kept
from ..upstream.git import GitError


def arguments(parser) -> None:
    parser.add_argument("id", nargs="?", help="id của một trang dịch, ví dụ nyu/04-1")


def main(args) -> int:
    book = Book(find_root())
    wanted = kept.wanted(book)
    if args.id and args.id not in wanted:
        raise BookError(
            "book", 1, "N-ID", f"không có trang dịch nào id {args.id}",
            "ghi origin: translation và source: có commit ở phần đầu tệp",
        )  # fmt: skip
    silent = 0
    for page_id, source in wanted.items():
        if page_id == args.id or not (args.id or present(book, page_id, source)):
            silent += not write(book, page_id, source)
    return 1 if silent else 0


def present(book: Book, page_id: str, source) -> bool:
    known = kept.load(book.root, page_id)
    return known is not None and known.commit == source.commit


def write(book: Book, page_id: str, source) -> bool:
    """Fetch one outline; whether it came."""
    try:
        found = kept.fetch(book, page_id, source)
    except GitError as exc:
        print(f"{page_id}: không lấy được {source.repository}: {exc}")
        return False
    print(f"{page_id}: {len(found.items)} phần của {found.path}")
    return True
