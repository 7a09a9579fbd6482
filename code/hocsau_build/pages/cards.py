"""The four courses as cards, with counts, for the home page."""

from __future__ import annotations

from html import escape

from .html import link


def course_cards(frame, _course: str) -> str:
    """One card a course: for whom, and how much of it there is."""
    cards = "".join(_card(frame, c) for c in frame.facts.courses.values())
    return f'<div class="hp-cards">{cards}</div>\n'


def _card(frame, course) -> str:
    facts = frame.facts
    total, written = facts.count(course.id), facts.count(course.id, "written")
    title = escape(course.title_vi)
    doc = f"book/{course.id}/index"
    if doc in frame.docs:
        title = link(frame.href(doc), course.title_vi, "reference internal")
    return (
        f'<div class="hp-card"><h3>{title}</h3>'
        f'<p class="hp-en" lang="en">{escape(course.title_en)}</p>'
        f"<p>{escape(course.facts.get('audience') or '')}</p>"
        f"{bar(written, total)}</div>"
    )


def bar(written: int, total: int) -> str:
    """``3 / 42 trang`` over a thin bar."""
    share = 100 * written / total if total else 0
    return (
        f'<p class="hp-count"><strong>{written}</strong> / {total} trang đã viết</p>'
        '<div class="hp-bar" aria-hidden="true">'
        f'<span style="width:{share:.1f}%"></span></div>'
    )
