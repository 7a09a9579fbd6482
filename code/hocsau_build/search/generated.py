"""Text of the parts that are drawn from data when a page is written."""

from pathlib import Path

from .. import glossary
from .units import clean


def filled(app, units):
    """The units of a page with what their generated parts say."""
    out = []
    for heading, anchor, names, text, parts in units:
        said, more = [text], []
        for kind, course in parts:
            if kind == "course-table":
                said.append(_course(app, course))
            elif kind == "glossary-table":
                more += _terms(Path(app.srcdir) / glossary.PLACE)
        out.append([heading, anchor, names, clean(" ".join(said))])
        out += more
    return out


def _course(app, course):
    """Titles of a course's pages in both languages, also of those not yet written."""
    from ..pages import facts

    pages = facts(app).courses[course].pages
    return ". ".join(f"{p.short} {p.title_vi} ({p.title_en})" for p in pages)


def _terms(path):
    """Every glossary term as a unit of its own."""
    terms, _ = glossary.read(path)
    return [[_heading(t), t.slug, "", clean(_text(t))] for t in terms]


def _heading(term):
    other = term.vietnamese if term.keep_english else term.english
    same = other.casefold() == term.shown.casefold()
    return clean(term.shown if same else f"{term.shown} ({other})")


def _text(term):
    also = f"Còn gặp: {', '.join(term.seen)}." if term.seen else ""
    return " ".join(filter(None, (term.definition, also, term.note)))
