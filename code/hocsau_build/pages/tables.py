"""Tables of one course: its pages, its facts, its assignments."""

from __future__ import annotations

from html import escape
from itertools import groupby
from urllib.parse import unquote, urlsplit

from .html import KIND_VI, badge, cell, day, link, small, table

_COLUMNS = ("Mã", "Dạng", "Trang", "Tài liệu gốc", "Bản của sách")


def course_table(frame, course_id: str) -> str:
    """Every page of a course, grouped as the course groups them."""
    course = frame.facts.courses[course_id]
    body = "".join(
        _group(frame, course, name, list(pages))
        for name, pages in groupby(course.pages, key=lambda p: p.group)
    )
    caption = f"Các trang của khóa {course.title_vi}"
    return table(caption, _COLUMNS, body, "hp-course")


def _group(frame, course, name: str, pages) -> str:
    head = (
        f'<tr role="row" class="hp-group"><th role="rowheader" scope="rowgroup"'
        f' colspan="{len(_COLUMNS)}">{escape(name)}</th></tr>'
    )
    rows = "".join(_row(frame, course, p) for p in pages)
    return f'<tbody role="rowgroup">{head if name else ""}{rows}</tbody>'


def _row(frame, course, page) -> str:
    return (
        '<tr role="row">'
        + cell("Mã", escape(page.short), "th")
        + cell("Dạng", KIND_VI[page.kind])
        + cell("Trang", _title(frame, page))
        + cell("Tài liệu gốc", _materials(course, page))
        + cell("Bản của sách", _state(frame, page))
        + "</tr>"
    )


def _title(frame, page) -> str:
    who = [*page.lecturers, day(page.date) if page.date else page.years]
    parts = [
        f"<strong>{frame.page_link(page, page.title_vi)}</strong>",
        f'<span class="hp-en" lang="en">{escape(page.title_en)}</span>',
    ]
    if any(who):
        parts.append(small(", ".join(w for w in who if w)))
    return " ".join(parts)


def _materials(course, page) -> str:
    links = []
    if page.video:
        links.append((page.video, "Video"))
    many = len(page.slides) > 1
    for number, url in enumerate(page.slides, 1):
        links.append((url, f"Slide {number}" if many else "Slide"))
    links += [(url, _file_name(url)) for url in page.notebooks]
    links += [(url, f"{_file_name(url)} (liên quan)") for url in page.related_notebooks]
    source = course.source_url(page)
    if page.source and source not in page.notebooks:
        own = bool(page.source.get("path"))
        links.append((source, "Trang gốc" if own else "Trang khóa học"))
    items = "".join(f"<li>{_material(u, t, page)}</li>" for u, t in links)
    return f'<ul class="hp-links">{items}</ul>' if items else ""


def _material(url: str, label: str, page) -> str:
    return link(url, label, **{"aria-label": f"{label}, trang {page.short}"})


def _file_name(url: str) -> str:
    path = unquote(urlsplit(url).path)
    if path.endswith(".ipynb"):
        return path.rsplit("/", 1)[1].removesuffix(".ipynb")
    return "Mã nguồn"


def _state(frame, page) -> str:
    facts = frame.facts
    state = facts.state(page)
    text = badge(state)
    if state == "absent":
        claim = link(facts.claim(page), "Nhận trang này",
                     **{"aria-label": f"Nhận trang {page.id}"})  # fmt: skip
        return f"{text} {claim}" if facts.repository else text
    if state == "skeleton" or not page.topics:
        return text
    return f"{text} {facts.treated(page)}/{len(page.topics)} chủ đề"


def course_facts(frame, course_id: str) -> str:
    """Who taught it, where, which edition, under which licence."""
    course = frame.facts.courses[course_id]
    get = course.facts.get
    staff = "".join(
        f"<li>{escape(p['name'])} {small(p['role'])}</li>" for p in get("staff") or []
    )
    rows = [
        ("Tên gốc", f'<span lang="en">{escape(course.title_en)}</span>'),
        ("Cơ sở đào tạo", escape(get("institution") or "")),
        ("Lần dạy được theo", escape(get("edition") or "")),
        ("Đội ngũ", f"<ul>{staff}</ul>" if staff else ""),
        ("Liên kết", _course_links(course)),
        ("Giấy phép của bản gốc", escape(get("licence") or "")),
    ]
    items = "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in rows if v)
    return f'<dl class="hp-facts">{items}</dl>\n'


def _course_links(course) -> str:
    get = course.facts.get
    links = [(get("site"), "Trang khóa học"), (get("repository"), "Kho mã")]
    text = " · ".join(link(url, label) for url, label in links if url)
    if get("commit"):
        text += f" · bản <code>{escape(get('commit')[:8])}</code>"
    return text


def _assignment(item: dict) -> str:
    lectures = ", ".join(x.partition("/")[2] for x in item["lectures"])
    names = " ".join(f"<code>{escape(n)}</code>" for n in item["implements"])
    return (
        '<tr role="row">'
        + cell("Bài", escape(item["id"]), "th")
        + cell("Nội dung", escape(item["title_vi"]))
        + cell("Theo bài giảng", escape(lectures))
        + cell("Xây dựng", names)
        + "</tr>"
    )


def assignments(frame, course_id: str) -> str:
    """Homeworks: which lectures they belong to and what they build."""
    course = frame.facts.courses[course_id]
    rows = "".join(map(_assignment, course.facts.get("assignments") or []))
    columns = ("Bài", "Nội dung", "Theo bài giảng", "Xây dựng")
    body = f'<tbody role="rowgroup">{rows}</tbody>'
    return table("Bài tập lớn của khóa học", columns, body, "hp-assignments")
