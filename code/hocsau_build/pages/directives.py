"""Directives and the one node that generated parts are made of."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective, SphinxRole

from .. import glossary, syllabus
from . import cards, progress, tables, terms
from .html import Frame


class hocsau_part(nodes.General, nodes.Element):
    """A part drawn at write time: ``kind`` names the renderer."""


RENDERERS = {
    "course-table": tables.course_table,
    "course-facts": tables.course_facts,
    "course-assignments": tables.assignments,
    "course-cards": cards.course_cards,
    "progress-matrix": progress.matrix,
    "glossary-table": terms.glossary_table,
    "glossary-english": terms.english_table,
}


def _facts(app):
    from . import facts

    return facts(app)


def _note(env) -> None:
    """This page depends on the facts: remember which ones it was read with."""
    from . import _pages

    root = Path(env.srcdir)
    for path in [*(root / syllabus.PLACE).glob("*.yml"), root / glossary.PLACE]:
        env.note_dependency(str(path))
    _pages(env)[env.docname] = _facts(env.app).digest


class Generated(SphinxDirective):
    """A directive that draws a part; subclasses say which."""

    has_content = False
    kind = ""
    needs_course = False
    optional_arguments = 1

    def run(self):
        course = self.arguments[0].strip() if self.arguments else ""
        known = _facts(self.env.app).courses
        if (self.needs_course and not course) or (course and course not in known):
            raise self.error(
                f"{{{self.kind}}} cần tên khóa học, một trong {', '.join(known)}"
                f" (đang là «{course}»)"
            )
        _note(self.env)
        return [hocsau_part(kind=self.kind, course=course)]


def _make(kind: str) -> type[Generated]:
    needs = kind in ("course-table", "course-facts", "course-assignments")
    return type(kind, (Generated,), {"kind": kind, "needs_course": needs})


DIRECTIVES = {kind: _make(kind) for kind in RENDERERS}


class CourseCount(SphinxRole):
    """``{course-count}`nyu written` ``: a number that the data file gives."""

    def run(self):
        course, _, what = self.text.partition(" ")
        try:
            number = _facts(self.env.app).count(course, what.strip() or "pages")
        except KeyError:
            message = self.inliner.reporter.error(
                f"course-count không hiểu «{self.text}»", line=self.lineno
            )
            return [], [message]
        _note(self.env)
        return [nodes.Text(f"{number:,}".replace(",", "\u202f"))], []


def visit_html(translator, node):
    """Draw the part with links relative to the page at hand."""
    builder = translator.builder
    here = builder.current_docname
    frame = Frame(
        _facts(builder.app),
        lambda doc: builder.get_relative_uri(here, doc),
        builder.env.found_docs,
    )
    translator.body.append(RENDERERS[node["kind"]](frame, node["course"]))
    raise nodes.SkipNode


def skip(translator, node):
    """Other formats leave the part out."""
    raise nodes.SkipNode
