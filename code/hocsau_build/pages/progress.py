"""The progress page: one tile a page, then every page in a table."""

from __future__ import annotations

from html import escape

from ..recordings import WORDS
from .cards import bar
from .html import STATE_VI, badge, cell, day, link, table

_COLUMNS = (
    "Mã", "Trang", "Trạng thái", "Chủ đề", "Ô GPU", "Bài gốc", "Sửa lần cuối",
)  # fmt: skip
_UPSTREAM = {"moved": "đã đổi", "same": "như cũ", "unknown": "chưa rõ"}


def matrix(frame, course_id: str) -> str:
    """One course, or all of them when none is named."""
    courses = frame.facts.courses
    chosen = [courses[course_id]] if course_id else courses.values()
    below = "" if course_id else _recordings(frame)
    return "".join(_course(frame, c, heading=not course_id) for c in chosen) + below


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


def _recordings(frame) -> str:
    """Recordings of GPU cells, the oldest first; nothing when there are none."""
    body = "".join(
        '<tr role="row">'
        + cell("Trang", link(frame.href(doc), _title(frame, doc), "reference internal"))
        + cell("Bản ghi", WORDS[state])
        + cell("Ngày", day(date) or "–")
        + "</tr>"
        for doc, (state, date) in frame.facts.recorded.items()
        if doc in frame.docs
    )
    if not body:
        return ""
    rows = f'<tbody role="rowgroup">{body}</tbody>'
    made = table("Bản ghi ô GPU, cũ nhất trước", ("Trang", "Bản ghi", "Ngày"), rows,
                 "hp-recordings")  # fmt: skip
    return f"<h3>Bản ghi ô GPU</h3>\n{made}"


def _title(frame, doc: str) -> str:
    """Title of the page in the coverage map; its file name without one."""
    ids = [w.id for w in frame.facts.written.values() if w.doc == doc]
    pages = (p for c in frame.facts.courses.values() for p in c.pages if p.id in ids)
    return next((p.title_vi for p in pages), doc.rpartition("/")[2])


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
    gpu = {"stale": "GPU cũ", "missing": "GPU thiếu"}.get(_gpu(facts, page))
    moved = "gốc đã đổi" if page.id in facts.moved else ""
    return [text for text in (gpu, moved) if text]


def _gpu(facts, page) -> str:
    """State of the recording of the page's GPU cells; '' without such cells."""
    chapter = facts.written.get(page.id)
    return facts.recorded.get(chapter.doc if chapter else "", ("", ""))[0]


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
        + cell("Ô GPU", WORDS.get(_gpu(facts, page), "–"))
        + cell("Bài gốc", _upstream(facts, page))
        + cell("Sửa lần cuối", last)
        + "</tr>"
    )
