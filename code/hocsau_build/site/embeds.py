"""Live embedded cells on the page: a bar per object, tinted changes, fold labels.

A code cell whose metadata has ``hocsau_embed`` (a list of parts, each ``path``,
``name``, ``first``, ``last`` in the file, ``start``, ``end``, ``changed`` in the
cell, ``edited``) gets its marker lines drawn as bars that link to the file's lines
at the built commit. The text of the cell, and so what is copied, stays as it is.
"""

from __future__ import annotations

from html import escape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.transforms.post_transforms import SphinxPostTransform

SOURCE_ROOT = "code"


def setup(app) -> None:
    """Draw the bars, and the fold line of hidden cells in our own words."""
    app.setup_extension("myst_nb")  # its own visitors must not come after ours
    app.add_post_transform(DrawEmbeds)
    app.add_node(HideCodeCellNode, override=True, html=(visit_hidden, depart_hidden))


class DrawEmbeds(SphinxPostTransform):
    """Replace the source of embedded cells by highlighted lines with bars."""

    default_priority = 150  # before myst-nb moves hidden inputs into folds
    formats = ("html",)

    def run(self, **kwargs) -> None:
        for cell in list(self.document.findall(nodes.container)):
            parts = cell.get("cell_metadata", {}).get("hocsau_embed")
            if cell.get("nb_element") == "cell_code" and parts:
                self._draw(cell, parts)

    def _draw(self, cell, parts: list[dict]) -> None:
        edited = any(part.get("edited") for part in parts)
        cell["classes"] += ["hs-embed", "hs-edited" if edited else "hs-live"]
        if cell.get("hide_mode"):
            cell["prompt_show"] = cell["prompt_hide"] = fold_label(parts)
        for block in list(cell.children[0].findall(nodes.literal_block)):
            html = draw_block(
                self.app.builder.highlighter,
                block.astext(),
                block.get("language", "ipython3"),
                parts,
                self.config.hocsau_repo,
            )
            block.parent.replace(block, nodes.raw("", html, format="html"))


def fold_label(parts: list[dict]) -> str:
    """``kim/autograd.py · Tensor (28 dòng)``."""
    names = ", ".join(part["name"] for part in parts)
    count = sum(part["end"] - part["start"] for part in parts)  # without the markers
    edited = " · đã sửa" if any(part.get("edited") for part in parts) else ""
    return f"{parts[0]['path']} · {names} ({count} dòng){edited}"


def draw_block(highlighter, text: str, language: str, parts, repo) -> str:
    """Highlighted source with one bar per part and its changed lines tinted."""
    html = highlighter.highlight_block(text, language)
    head, _, rest = html.partition("<pre>")
    body, _, tail = rest.rpartition("</pre>")
    body = body.removeprefix("<span></span>").removesuffix("\n")
    bars = {part["start"]: part for part in parts}
    changed = {line for part in parts for line in part.get("changed", ())}
    lines = []
    for number, line in enumerate(body.split("\n"), 1):
        if number in bars:
            lines.append(draw_bar(line, bars[number], repo, first=number == 1))
        elif number in changed:
            lines.append(f'<span class="hs-changed">{line}\n</span>')
        else:
            lines.append(line + "\n")
    box = f'<div class="highlight-{escape(language)} notranslate">'
    return f"{box}{head}<pre><span></span>{''.join(lines)}</pre>{tail}</div>"


def draw_bar(line: str, part: dict, repo, *, first: bool = False) -> str:
    """The marker line; what the bar adds is drawn by CSS, so it is never copied."""
    span = f"dòng {part['first']}-{part['last']}"
    if part["first"] == part["last"]:
        span = f"dòng {part['first']}"
    url = repo.blob(f"{SOURCE_ROOT}/{part['path']}", part["first"], part["last"])
    label = f"{part['path']}, {span}, trên GitHub"
    was = '<span class="hs-was" data-text="đã sửa"></span>' if part["edited"] else ""
    link = (
        f'<a href="{escape(url)}" aria-label="{escape(label)}" data-text="{span}"></a>'
    )
    classes = "hs-bar hs-first" if first else "hs-bar"
    return (
        f'<span class="{classes}"><span class="hs-name">{line}</span>'
        f'<span class="hs-side">{was}{link}</span>\n</span>'
    )


def visit_hidden(self, node) -> None:
    """A fold whose closed and open labels are text, not an English aria-label."""
    shown, hidden = escape(node["prompt_show"]), escape(node["prompt_hide"])
    self.body.append(f'<details class="hide {" ".join(node["classes"])}">\n<summary>')
    if shown == hidden:
        self.body.append(shown)
    else:
        self.body.append(f'<span class="hs-closed">{shown}</span>')
        self.body.append(f'<span class="hs-open">{hidden}</span>')
    self.body.append("</summary>\n")


def depart_hidden(self, node) -> None:
    self.body.append("</details>\n")
