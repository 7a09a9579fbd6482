"""The progress page: one tile a page, then every page in a table."""

from __future__ import annotations

from html import escape

from .cards import bar
from .html import STATE_VI, badge, cell, day, link, table

_COLUMNS = (
    "Mã", "Trang", "Trạng thái", "Chủ đề", "Ô GPU", "Bài gốc", "Sửa lần cuối",
)  # fmt: skip
_GPU = {"fresh": "bản ghi mới", "stale": "bản ghi cũ", "missing": "chưa ghi"}
_UPSTREAM = {"moved": "đã đổi", "same": "như cũ", "unknown": "chưa rõ"}


def matrix(frame, course_id: str) -> str:
    """One course, or all of them when none is named."""
    courses = frame.facts.courses
    chosen = [courses[course_id]] if course_id else courses.values()
    return "".join(_course(frame, c, heading=not course_id) for c in chosen)


def _course(frame, course, heading: bool) -> str:
    facts = frame.facts
    head = f"<h3>{escape(course.title_vi)}</h3>" if heading else ""
    tiles = "".join(f"<li>{_tile(frame, p)}</li>" for p in course.pages)
    rows = "".join(_row(frame, p) for p in course.pages)
    body = f'<tbody role="rowgroup">{rows}</tbody>'
    caption = f"Tiến độ khóa {course.title_vi}, từng trang"
    return (
        f"{head}{bar(facts.count(course.id, 'written'), len(course.pages))}"
        f'<ul class="hp-tiles" aria-label="{escape(caption)}">{tiles}</ul>'
        f'<details class="hp-details"><summary>Từng trang: chủ đề, ngày sửa, nhận trang'
        f"</summary>{table(caption, _COLUMNS, body, 'hp-progress')}</details>\n"
    )


def _tile(frame, page) -> str:
    facts = frame.facts
    state = facts.state(page)
    chapter = facts.written.get(page.id)
    below = _topics(facts, page) if state in ("draft", "reviewed") else ""
    alarms = _alarms(facts, page)
    label = f"{page.id}, {page.title_vi}: {', '.join([STATE_VI[state], *alarms])}"
    inner = "".join(
        f"<span>{escape(t)}</span>"
        for t in (page.short, STATE_VI[state], below, *alarms) if t
    )  # fmt: skip
    attrs = f'class="hp-tile hp-{state}" title="{escape(label)}"'
    attrs += f' aria-label="{escape(label)}"'
    if chapter and chapter.doc in frame.docs:
        return f'<a {attrs} href="{escape(frame.href(chapter.doc))}">{inner}</a>'
    if facts.repository:
        where = escape(facts.claim(page))
        return f'<a {attrs} href="{where}" rel="noopener">{inner}</a>'
    return f"<span {attrs}>{inner}</span>"


def _alarms(facts, page) -> list[str]:
    """What a maintainer should look at, in two words each."""
    gpu = {"stale": "GPU cũ", "missing": "GPU thiếu"}.get(facts.gpu.get(page.id))
    moved = "gốc đã đổi" if page.id in facts.moved else ""
    return [text for text in (gpu, moved) if text]


def _upstream(facts, page) -> str:
    """State of the upstream; a change links to its difference."""
    text = _UPSTREAM.get(facts.upstream.get(page.id), "–")
    if page.id not in facts.moved:
        return text
    return link(facts.moved[page.id].files[0].link, text,
                **{"aria-label": f"Bài gốc của {page.id} đã đổi"})  # fmt: skip


def _topics(facts, page) -> str:
    return f"{facts.treated(page)}/{len(page.topics)}"


def _row(frame, page) -> str:
    facts = frame.facts
    chapter, state = facts.written.get(page.id), facts.state(page)
    if state == "absent" and facts.repository:
        last = link(facts.claim(page), "Nhận trang này",
                    **{"aria-label": f"Nhận trang {page.id}"})  # fmt: skip
    else:
        last = day(chapter.updated) if chapter and chapter.updated else "–"
    return (
        '<tr role="row">'
        + cell("Mã", escape(page.short), "th")
        + cell("Trang", frame.page_link(page, page.title_vi))
        + cell("Trạng thái", badge(state))
        + cell("Chủ đề", _topics(facts, page))
        + cell("Ô GPU", _GPU.get(facts.gpu.get(page.id), "–"))
        + cell("Bài gốc", _upstream(facts, page))
        + cell("Sửa lần cuối", last)
        + "</tr>"
    )
