"""Sections out of sight are not laid out until the reader comes near.

A long page with much code and mathematics takes a phone seconds to lay out, although
one screen of it is shown. CSS (``content-visibility``) puts that off; for the scroll
bar to be honest each section says how tall it will be: ``--c`` characters of running
text, whose height depends on the screen, and ``--p`` pixels of everything else.
"""

from __future__ import annotations

import re
from html import escape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode

SECTION = re.compile(r'<section\b([^>]*\bid="([^"]+)"[^>]*)>')
LINE, ROW, FORMULA, FIGURE, FOLDED, HEADING = 20, 42, 72, 310, 100, 75
AROUND = {nodes.paragraph: 32}  # margins, and half of the last line
PAD = 32  # around code and tables
BOX = 75  # title, border and margins of a box


def setup(app) -> None:
    """Write the estimates into the page."""
    app.connect("html-page-context", _mark, priority=650)


def _mark(app, pagename, templatename, context, doctree) -> None:
    if doctree is None or not context.get("body"):
        return
    known = {
        escape(section["ids"][0]): estimate(section)
        for section in doctree.findall(nodes.section)
        if isinstance(section.parent, nodes.section) and section["ids"]
    }

    def write(match: re.Match) -> str:
        if match[2] not in known:
            return match[0]
        chars, pixels = known[match[2]]
        return f'<section{match[1]} style="--c:{chars};--p:{pixels}px">'

    context["body"] = SECTION.sub(write, context["body"])


def estimate(node) -> tuple[int, int]:
    """Characters of running text, and pixels of everything of fixed height."""
    if isinstance(node, nodes.Text):
        return len(node), 0
    if isinstance(node, nodes.math):
        return max(2, len(node.astext()) // 3), 0
    if isinstance(node, nodes.raw):
        return len(node.rawsource), LINE * node.astext().count("\n")
    fixed = fixed_height(node)
    if fixed is not None:
        return 0, fixed
    parts = [estimate(child) for child in node.children]
    box = BOX if isinstance(node, nodes.Admonition) else 0
    around = AROUND.get(type(node), box)
    return sum(c for c, _ in parts), around + sum(p for _, p in parts)


def fixed_height(node) -> int | None:
    """Height of what does not wrap; None for what its parts decide."""
    if isinstance(node, nodes.Invisible):
        return 0
    if isinstance(node, HideCodeCellNode) or "dropdown" in node.get("classes", ()):
        return FOLDED
    if isinstance(node, nodes.literal_block):
        return PAD + LINE * (node.astext().count("\n") + 1)
    if isinstance(node, nodes.math_block):
        return FORMULA + FORMULA // 2 * node.astext().count(r"\\")
    if isinstance(node, nodes.table):
        return PAD + ROW * sum(1 for _ in node.findall(nodes.row))
    simple = {nodes.image: FIGURE, nodes.title: HEADING}
    return simple.get(type(node))
