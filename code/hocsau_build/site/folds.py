"""Folded boxes (``:class: dropdown``) become <details> at build: no script needed."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

#: sphinx-exercise gives every exercise on a page the same id inside.
REPEATED = {"exercise-content", "solution-content"}


def setup(app) -> None:
    """Fold after every title has its final text."""
    app.add_post_transform(FoldDropdowns)


class FoldDropdowns(SphinxPostTransform):
    """Wrap title and content of a ``dropdown`` box in <details><summary>."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs) -> None:
        for section in self.document.findall(nodes.section):
            section["ids"] = [i for i in section["ids"] if i not in REPEATED]
        for box in list(self.document.findall(_is_dropdown)):
            title, *content = box.children
            _unlink(title)
            raw = [nodes.raw("", text, format="html") for text in _parts(box)]
            box.children = []
            box.extend([raw[0], title, raw[1], *content, raw[2]])


def _unlink(title) -> None:
    """A press on a fold's title opens it, and must not lead elsewhere."""
    for link in list(title.findall(nodes.reference)):
        link.parent[link.parent.index(link) : link.parent.index(link) + 1] = (
            link.children
        )


def _is_dropdown(node) -> bool:
    return (
        isinstance(node, nodes.Admonition)
        and "dropdown" in node.get("classes", ())
        and len(node.children) > 1
        and isinstance(node.children[0], nodes.title)
    )


def _parts(box) -> tuple[str, str, str]:
    shown = " open" if "toggle-shown" in box["classes"] else ""
    start = f'<details class="hs-fold"{shown}><summary>'
    return start, '</summary><div class="hs-fold-body">', "</div></details>"
