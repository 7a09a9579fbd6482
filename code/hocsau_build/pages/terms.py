"""The glossary page: Vietnamese order with definitions, and an English index."""

from __future__ import annotations

from html import escape
from itertools import groupby

from .collate import initial, key
from .html import link, small

#: Issue form for a term; used when the repository has issue forms.
TERM_FORM = "thuat-ngu.yml"


def glossary_table(frame, _course: str) -> str:
    """Every term by what running text says, under letters, with anchors."""
    terms = sorted(frame.facts.terms, key=lambda t: key(t.shown))
    groups = [(x, list(g)) for x, g in groupby(terms, key=lambda t: initial(t.shown))]
    jump = "".join(f'<a href="#chu-{_id(x)}">{escape(x)}</a>' for x, _ in groups)
    body = "".join(_letter(x, g) for x, g in groups)
    return (
        '<div class="hp-glossary"><p class="hp-filter" hidden><label>Lọc thuật ngữ '
        '<input type="search" autocomplete="off" placeholder="dao ham, gradient …">'
        '</label> <span role="status" aria-live="polite"></span></p>'
        f'<nav class="hp-letters" aria-label="Mục lục chữ cái">{jump}</nav>'
        f"{body}</div>\n{_propose(frame.facts)}"
    )


def _propose(facts) -> str:
    """Where a new or another rendering is argued: never inside a page."""
    if not facts.form:
        return ""
    url = f"{facts.repository}/issues/new?template={TERM_FORM}"
    return f"<p>{link(url, 'Đề nghị thuật ngữ mới hoặc cách gọi khác')}</p>\n"


def _id(letter: str) -> str:
    names = {"Ă": "aw", "Â": "aa", "Đ": "dd", "Ê": "ee", "Ô": "oo", "Ơ": "ow",
             "Ư": "uw", "#": "so"}  # fmt: skip
    return names.get(letter, letter.lower())


def _letter(letter: str, terms) -> str:
    rows = "".join(_term(t) for t in terms)
    return (
        f'<section class="hp-letter"><h3 id="chu-{_id(letter)}">{escape(letter)}</h3>'
        f"<dl>{rows}</dl></section>"
    )


def _term(term) -> str:
    head = (
        f'<dt id="{term.slug}"><a class="hp-self" href="#{term.slug}">'
        f"{escape(term.shown)}</a>{_other(term)}</dt>"
    )
    lines = [f"<p>{escape(term.definition)}</p>"] if term.definition else []
    for label, names in (("Còn gặp", term.seen), ("Không dùng", term.refused)):
        if names:
            lines.append(f"<p>{small(f'{label}: ' + ', '.join(names) + '.')}</p>")
    if term.note:
        lines.append(f"<p>{small(term.note)}</p>")
    return f'<div class="hp-term">{head}<dd>{"".join(lines)}</dd></div>'


def _other(term) -> str:
    """The other language: full English, or the gloss of a kept English word."""
    parts = []
    if term.english != term.shown:
        parts.append(f'<span lang="en">{escape(term.english)}</span>')
    if term.keep_english and term.vietnamese not in (term.shown, term.english):
        parts.append(f"<span>{escape(term.vietnamese)}</span>")
    return f' <span class="hp-en">{"; ".join(parts)}</span>' if parts else ""


def english_table(frame, _course: str) -> str:
    """English to Vietnamese, each entry a link to the full one."""
    terms = sorted(frame.facts.terms, key=lambda t: t.english.casefold())
    items = "".join(
        f'<li><a href="#{t.slug}"><span lang="en">{escape(t.english)}</span></a>'
        f" <span>{escape(t.vietnamese)}</span></li>"
        for t in terms
    )
    return f'<ul class="hp-english">{items}</ul>\n'
