"""The four courses as cards, with counts, for the home page."""

from __future__ import annotations

from html import escape

_FOR = {
    "nhap-mon": "Biết Python và một ít học máy, muốn đi từ một nơ-ron đến một dự án trọn vẹn.",
    "nyu": "Muốn nền tảng rộng: từ lan truyền ngược đến mô hình năng lượng, đồ thị, Transformer.",
    "mit": "Muốn làm ngay: sinh nhạc, thị giác máy tính, giảm thiên kiến, tinh chỉnh mô hình ngôn ngữ.",
    "dlsys": "Muốn mở nắp máy: tự xây một thư viện học sâu, từ autograd đến GPU.",
}


def course_cards(frame, _course: str) -> str:
    """One card a course: for whom, how much there is, where it starts."""
    cards = "".join(_card(frame, c) for c in frame.facts.courses.values())
    return f'<div class="hs-cards">{cards}</div>\n'


def _card(frame, course) -> str:
    facts = frame.facts
    total, written = facts.count(course.id), facts.count(course.id, "written")
    title = escape(course.title_vi)
    doc = f"book/{course.id}/index"
    if doc in frame.docs:
        title = f'<a class="reference internal" href="{escape(frame.href(doc))}">{title}</a>'
    return (
        f'<section class="hs-card"><h3>{title}</h3>'
        f'<p class="hs-en" lang="en">{escape(course.title_en)}</p>'
        f"<p>{escape(_FOR.get(course.id, ''))}</p>"
        f"{bar(written, total)}</section>"
    )


def bar(written: int, total: int) -> str:
    """``3 / 42 trang`` over a thin bar."""
    share = 100 * written / total if total else 0
    return (
        f'<p class="hs-count"><strong>{written}</strong> / {total} trang đã viết</p>'
        f'<div class="hs-bar" aria-hidden="true"><span style="width:{share:.1f}%"></span></div>'
    )
