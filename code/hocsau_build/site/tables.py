"""Wide tables scroll inside their own box, never the page."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

OPEN = '<div class="hs-scroll">'


def setup(app) -> None:
    """Wrap tables after all references are resolved."""
    app.add_post_transform(WrapTables)


class WrapTables(SphinxPostTransform):
    """Put every table in a box that scrolls."""

    default_priority = 910
    formats = ("html",)

    def run(self, **kwargs) -> None:
        for table in list(self.document.findall(nodes.table)):
            parent, at = table.parent, table.parent.index(table)
            parent.insert(at + 1, nodes.raw("", "</div>", format="html"))
            parent.insert(at, nodes.raw("", OPEN, format="html"))
