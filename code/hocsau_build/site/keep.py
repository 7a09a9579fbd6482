"""Inline mathematics stays on one line with the brackets and stops that touch it.

Browsers may break a line at either edge of an inline block, which is what a formula
is: "(" would end a line, "," or ":" begin one. A formula and what touches it are put
in one ``hs-keep``, in which lines break only inside the formula (see hocsau.css).
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

BEFORE = re.compile(r"[(\[{«“‘\"'–-]+$")
AFTER = re.compile(r"^[)\]}»”’\"'.,;:!?…%–-]+")


def setup(app) -> None:
    """Group when the page's text is final."""
    app.add_post_transform(KeepTogether)


class KeepTogether(SphinxPostTransform):
    """Wrap each inline formula with its neighbours' touching punctuation."""

    default_priority = 890
    formats = ("html",)

    def run(self, **kwargs) -> None:
        for math in list(self.document.findall(nodes.math)):
            keep_together(math)


def keep_together(math: nodes.math) -> None:
    """Move touching brackets and stops into a group with the formula."""
    before = _take(math, -1, BEFORE)
    after = _take(math, 1, AFTER)
    if before or after:
        group = nodes.inline("", "", classes=["hs-keep"])
        math.parent.replace(math, group)
        group += [*before, math, *after]


def _take(math: nodes.math, step: int, touching: re.Pattern) -> list[nodes.Text]:
    """Cut the touching characters off a neighbouring text."""
    parent = math.parent
    place = parent.index(math) + step
    text = parent[place] if 0 <= place < len(parent) else None
    found = touching.search(text) if isinstance(text, nodes.Text) else None
    if not found:
        return []
    rest = text[: found.start()] + text[found.end() :]
    parent[place : place + 1] = [nodes.Text(rest)] if rest else []
    return [nodes.Text(found[0])]
