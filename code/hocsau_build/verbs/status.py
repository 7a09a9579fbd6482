"""Tình trạng từng trang: có chưa, phủ bao nhiêu, kết quả còn mới không, gốc đổi chưa.

Ví dụ:  python -m hocsau_build status
        python -m hocsau_build status nyu --offline
        python -m hocsau_build status --json
"""

from __future__ import annotations

import json
from collections import Counter

from .. import recordings
from ..freshness import Row, rows
from ..layout import Book, find_root
from ..upstream import survey
from ..upstream.drift import words

STATE = {
    "absent": "chưa có",
    "skeleton": "khung",
    "draft": "nháp",
    "reviewed": "đã duyệt",
}
RUN = {
    "fresh": "còn mới",
    "stale": "cần chạy",
    "broken": "hỏng",
    "none": "không mã",
    "": "",
}
GPU = {"fresh": "GPU mới", "stale": "GPU cũ", "missing": "GPU thiếu"}
UPSTREAM = {"moved": "gốc đã đổi", "same": "gốc như cũ", "unknown": "gốc chưa rõ"}


def arguments(parser) -> None:
    parser.add_argument("course", nargs="?", help="chỉ một khóa: nyu, mit, dlsys…")
    parser.add_argument("--json", action="store_true", help="in JSON cho máy đọc")
    parser.add_argument(
        "--offline", action="store_true",
        help="không hỏi qua mạng: dùng bản sao tại chỗ và kết quả đã ghi",
    )  # fmt: skip


def main(args) -> int:
    book = Book(find_root())
    asked = survey.look(book, network=not args.offline)
    found = rows(book, args.course, asked)
    if args.json:
        print(json.dumps([r.data() for r in found], ensure_ascii=False, indent=1))
    else:
        show(found)
        print(recorded(book))
        upstream(book, asked, {r.id for r in found})
    return 0


def recorded(book: Book) -> str:
    """Pages with GPU cells, the oldest recording first; '' when there are none."""
    lines = [
        f"  {date or '–':<12} {recordings.WORDS[state]:<9} {doc}"
        for doc, (state, date) in recordings.listing(book).items()
    ]
    return "\n".join(["\nBản ghi GPU, cũ nhất trước", *lines]) if lines else ""


def show(found: list[Row]) -> None:
    """A table a course, absent pages in one line, then the sums."""
    for course in dict.fromkeys(r.course for r in found):
        own = [r for r in found if r.course == course]
        print(f"\n{course}")
        for row in own:
            if row.state != "absent":
                print(line(row))
        print("  chưa có:", wrap([r.id.partition("/")[2] for r in own if not r.path]))
    print(f"\n{summary(found)}")


def line(row: Row) -> str:
    """One page in one line."""
    topics = f"{row.topics}/{row.of_topics} chủ đề"
    gpu, upstream = GPU.get(row.gpu, ""), UPSTREAM.get(row.upstream, "")
    return (
        f"  {row.id:<12} {STATE[row.state]:<9} {topics:<14} {RUN[row.run]:<9} "
        f"{gpu:<9} {row.changed:<12} {upstream:<12} {row.title}"
    )


def wrap(names: list[str]) -> str:
    """Names in lines of ten."""
    lines = [" ".join(names[i : i + 10]) for i in range(0, len(names), 10)]
    return "\n           ".join(lines) or "không trang nào"


def summary(found: list[Row]) -> str:
    """How many pages of each state, and topics treated."""
    count = Counter(r.state for r in found)
    parts = [f"{count[s]} {name}" for s, name in STATE.items() if count[s]]
    done, total = sum(r.topics for r in found), sum(r.of_topics for r in found)
    return f"{len(found)} trang: {', '.join(parts)}; {done}/{total} chủ đề"


def upstream(book: Book, asked: survey.Survey, ids: set[str]) -> None:
    """What changed upstream, file by file; which repository did not answer."""
    for page_id, drift in asked.pages.items():
        if drift.files and page_id in ids:
            print(f"\n{page_id}: gốc đổi từ {drift.base[:10]} tới {drift.head[:10]}")
            for file in drift.files:
                print(f"  {words(file)}\n    {file.link}")
    memory = survey.remembered(book.root)
    for url, why in asked.silent.items():
        when = survey.last_asked(memory, url)
        instead = f"dùng kết quả ghi ngày {when}" if when else "chưa có kết quả ghi lại"
        print(f"\nKhông hỏi được {url}: {why}; {instead}.")
