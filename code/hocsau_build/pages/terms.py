"""The glossary page: Vietnamese order with definitions, and an English index."""

from __future__ import annotations

from html import escape
from itertools import groupby

from .collate import initial, key


def glossary_table(frame, _course: str) -> str:
    """Every term by what running text says, under letters, with anchors."""
    terms = sorted(frame.facts.terms, key=lambda t: key(t.shown))
    groups = [(x, list(g)) for x, g in groupby(terms, key=lambda t: initial(t.shown))]
    jump = "".join(f'<a href="#chu-{_id(x)}">{escape(x)}</a>' for x, _ in groups)
    body = "".join(_letter(x, g) for x, g in groups)
    return (
        '<div class="hs-glossary"><p class="hs-filter" hidden><label>Lọc thuật ngữ '
        '<input type="search" autocomplete="off" placeholder="dao ham, gradient …">'
        '</label> <span role="status" aria-live="polite"></span></p>'
        f'<nav class="hs-letters" aria-label="Mục lục chữ cái">{jump}</nav>{body}</div>\n'
    )


def _id(letter: str) -> str:
    names = {"Ă": "aw", "Â": "aa", "Đ": "dd", "Ê": "ee", "Ô": "oo", "Ơ": "ow",
             "Ư": "uw", "#": "so"}  # fmt: skip
    return names.get(letter, letter.lower())


def _letter(letter: str, terms) -> str:
    rows = "".join(_term(t) for t in terms)
    return (
        f'<section class="hs-letter"><h3 id="chu-{_id(letter)}">{escape(letter)}</h3>'
        f"<dl>{rows}</dl></section>"
    )


def _term(term) -> str:
    other = term.vietnamese if term.keep_english else term.english
    if term.keep_english and term.shown != term.english:
        other = f"{term.english}; {term.vietnamese}" if term.shown != term.vietnamese else term.english
    lang = "" if term.keep_english else ' lang="en"'
    head = (
        f'<dt id="{term.slug}"><a class="hs-self" href="#{term.slug}">'
        f"{escape(term.shown)}</a>"
        + (f' <span class="hs-en"{lang}>{escape(other)}</span>' if other != term.shown else "")
        + "</dt>"
    )
    lines = [f"<p>{escape(term.definition)}</p>"] if term.definition else []
    if term.alternates:
        lines.append(f'<p class="hs-who">Còn gặp: {escape(", ".join(term.alternates))}.</p>')
    if term.note:
        lines.append(f'<p class="hs-who">{escape(term.note)}</p>')
    return f'<div class="hs-term">{head}<dd>{"".join(lines)}</dd></div>'


def english_table(frame, _course: str) -> str:
    """English to Vietnamese, each entry a link to the full one."""
    terms = sorted(frame.facts.terms, key=lambda t: t.english.casefold())
    items = "".join(
        f'<li><a href="#{t.slug}"><span lang="en">{escape(t.english)}</span></a>'
        f" <span>{escape(t.vietnamese)}</span></li>"
        for t in terms
    )
    return f'<ul class="hs-english">{items}</ul>\n'
