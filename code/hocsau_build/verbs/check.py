"""Soát mọi luật của sách; in tệp:dòng, mã luật, điều sai và cách sửa.

Ví dụ:  python -m hocsau_build check
        python -m hocsau_build check --fix
        python -m hocsau_build check --only C01,H04 --github
        python -m hocsau_build check --table    (viết bảng luật vào CONTRIBUTING.md)
"""

from __future__ import annotations

import sys

from .. import check
from ..check import table
from ..layout import Book, find_root


def arguments(parser) -> None:
    parser.add_argument("--only", help="chỉ các luật này, cách nhau bằng dấu phẩy")
    parser.add_argument("--github", action="store_true", help="in chú giải cho GitHub")
    parser.add_argument(
        "--fix", action="store_true", help="tự sửa chỗ sửa được an toàn"
    )
    parser.add_argument(
        "--table", nargs="?", const="write", choices=("write", "check"),
        help="viết (hoặc chỉ soát) bảng luật trong CONTRIBUTING.md",
    )  # fmt: skip


def main(args) -> int:
    book = Book(find_root())
    if args.fix:
        for path in fix(book):
            print("  sửa", book.show(path))
    if args.table == "write":
        print("Đã viết lại bảng luật." if table.write(book) else "Bảng luật còn mới.")
        return 0
    if args.table == "check":
        args.only = "G01"
    codes = set(args.only.split(",")) if args.only else None
    found = check.problems(book, codes)
    for problem in found:
        print(github(problem) if args.github else problem, file=sys.stderr)
    for note in check.recordings.notes(book) if not codes else []:
        print(github(note, "notice") if args.github else f"{note}  (ghi chú)")
    if not found:
        print("Không có gì phải sửa.")
    return 1 if found else 0


def github(problem, level: str = "error") -> str:
    """GitHub's annotation form; newlines must be escaped."""
    text = f"{problem.what} — {problem.remedy}".replace("%", "%25").replace("\n", "%0A")
    where = f"file={problem.path},line={problem.line},title={problem.rule}"
    return f"::{level} {where}::{text}"


def fix(book: Book) -> list:
    """Mend what has only one right answer: NFC and invisible characters."""
    import unicodedata

    from ..check.text import INVISIBLE
    from ..store import write_atomic

    touched = []
    for doc in book.docs:
        path = book.path(doc)
        old = path.read_text("utf-8")
        new = INVISIBLE.sub("", unicodedata.normalize("NFC", old))
        if new != old:
            write_atomic(path, new)
            touched.append(path)
    return touched
