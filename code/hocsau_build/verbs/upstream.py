"""Đối chiếu từng trang với bài của khóa gốc, ghi vào book/_syllabus/upstream.json.

Ví dụ:  python -m hocsau_build upstream
        HOCSAU_UPSTREAM=~/khoa-goc python -m hocsau_build upstream   (bản sao tại chỗ)
        python -m hocsau_build upstream --issues _build/viec
"""

from __future__ import annotations

import os
from pathlib import Path

from .. import syllabus
from ..ci.drift import UNKNOWN
from ..layout import Book, find_root
from ..store import write_atomic
from ..upstream import notice, survey
from ..upstream.drift import words


def arguments(parser) -> None:
    parser.add_argument(
        "--issues", type=Path, metavar="THƯ_MỤC",
        help="viết thêm một tệp cho mỗi trang có gốc đổi, để mở issue",
    )  # fmt: skip


def main(args) -> int:
    book = Book(find_root())
    asked = survey.look(book)
    for page_id, drift in asked.pages.items():
        for file in drift.files:
            print(f"{page_id}: {words(file)}")
    mark = "::warning::" if os.environ.get("GITHUB_ACTIONS") else ""
    for url, why in asked.silent.items():
        print(f"{mark}Không hỏi được {url}: {why}")
    saved = survey.save(book, asked)
    print(f"Đã ghi {survey.PLACE}." if saved else "Không có gì mới để ghi.")
    if args.issues:
        write_issues(book, asked, args.issues)
    return 1 if asked.silent and not asked.heard else 0


def write_issues(book: Book, asked: survey.Survey, folder: Path) -> None:
    """One file a page: its name orders them, its first line is the title.

    Beside them the ids of pages whose repository was silent: their issues stay.
    """
    write_atomic(folder / UNKNOWN, "".join(f"{i}\n" for i in asked.unknown))
    courses = syllabus.load(book.root / syllabus.PLACE)
    for page_id, drift in asked.pages.items():
        if drift.files:
            page = syllabus.find(courses, page_id)
            text = notice.issue(page, drift)
            write_atomic(folder / f"{page_id.replace('/', '-')}.md", text)
