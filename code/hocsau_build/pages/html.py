"""Small HTML helpers; everything that goes in is escaped here."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

#: What a reader sees for each state.
STATE_VI = {
    "absent": "Chưa có",
    "skeleton": "Khung",
    "draft": "Bản nháp",
    "reviewed": "Đã duyệt",
}
KIND_VI = {
    "lecture": "Bài giảng",
    "practicum": "Thực hành",
    "lab": "Bài lab",
    "guest": "Khách mời",
    "project": "Dự án",
}


@dataclass(frozen=True)
class Frame:
    """Facts, and how the page at hand links to other pages."""

    facts: object
    href: object
    docs: object

    def page_link(self, page, label: str, cls: str = "") -> str:
        """Link to our chapter of ``page``; plain text while there is none."""
        chapter = self.facts.written.get(page.id)
        if not chapter or chapter.doc not in self.docs:
            return escape(label)
        return link(self.href(chapter.doc), label, f"reference internal {cls}".strip())


def link(href: str, label: str, cls: str = "reference external", **attrs) -> str:
    """``<a>``; links that leave the site do not say where they come from."""
    extra = "".join(f' {k}="{escape(v)}"' for k, v in attrs.items())
    if "external" in cls:
        extra += ' rel="noopener"'
    return f'<a class="{cls}" href="{escape(href)}"{extra}>{escape(label)}</a>'


def small(text: str) -> str:
    """Quiet text beside the main thing."""
    return f'<span class="hp-who">{escape(text)}</span>'


def badge(state: str) -> str:
    """State as a coloured label that also reads without colour."""
    return f'<span class="hp-state hp-{state}">{STATE_VI[state]}</span>'


def day(iso: str) -> str:
    """``2020-01-27`` → ``27/1/2020``; anything else unchanged."""
    parts = iso.split("-")
    if len(parts) != 3 or not all(p.isdigit() for p in parts):
        return iso
    year, month, date = map(int, parts)
    return f"{date}/{month}/{year}"


def cell(label: str, body: str, tag: str = "td") -> str:
    """Table cell that keeps its column's name when rows become cards."""
    role = "rowheader" if tag == "th" else "cell"
    scope = ' scope="row"' if tag == "th" else ""
    return (
        f'<{tag} role="{role}"{scope} data-label="{escape(label)}">{body}</{tag}>'
        if body
        else f'<{tag} role="{role}"{scope} class="hp-empty"></{tag}>'
    )


def table(caption: str, columns, body: str, cls: str) -> str:
    """Table whose rows turn into cards on a phone (``pages.css``)."""
    head = "".join(
        f'<th role="columnheader" scope="col">{escape(c)}</th>' for c in columns
    )
    return (
        f'<table class="hp-table {cls}" role="table">'
        f"<caption>{escape(caption)}</caption>"
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>{body}</table>\n'
    )
