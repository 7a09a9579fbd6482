"""Generated parts of the content pages: course tables, progress, glossary.

Each directive leaves one node that only names what to draw; the drawing happens at
write time, from ``book/_syllabus``, the glossary and the heads of the chapters, so
that no fact stands in two places. Pages that hold such a node are read again when
one of these facts changed, and only then.
"""

from __future__ import annotations

from pathlib import Path

from .data import Facts
from .directives import DIRECTIVES, CourseCount, hocsau_part, skip, visit_html

_STATIC = Path(__file__).parent / "static"


def setup(app):
    """Register directives, the node, the style sheet and the freshness rule."""
    others = ("text", "latex", "man", "texinfo")
    app.add_node(
        hocsau_part, html=(visit_html, None), **dict.fromkeys(others, (skip, None))
    )
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.add_role("course-count", CourseCount())
    app.connect("builder-inited", _start)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("html-page-context", _assets)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _start(app):
    app.hocsau_facts = None
    if str(_STATIC) not in app.config.html_static_path:
        app.config.html_static_path.append(str(_STATIC))


def facts(app) -> Facts:
    """The facts of this build, read once."""
    if getattr(app, "hocsau_facts", None) is None:
        app.hocsau_facts = Facts.read(app)
    return app.hocsau_facts


def _pages(env) -> dict[str, str]:
    if not hasattr(env, "hocsau_generated"):
        env.hocsau_generated = {}
    return env.hocsau_generated


def _outdated(app, env, added, changed, removed):
    digest = facts(app).digest
    return [doc for doc, seen in _pages(env).items() if seen != digest]


def _purge(app, env, docname):
    _pages(env).pop(docname, None)


def _merge(app, env, docnames, other):
    _pages(env).update(
        {doc: seen for doc, seen in _pages(other).items() if doc in docnames}
    )


def _assets(app, pagename, templatename, context, doctree):
    if pagename in _pages(app.env):
        app.add_css_file("pages.css")
        app.add_js_file("pages.js", loading_method="defer")
