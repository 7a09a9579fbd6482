"""Mathematics on the page: rendered by KaTeX at build, nothing in the browser."""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx.errors import SphinxError
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from .katex import Katex, KatexError

logger = logging.getLogger(__name__)
NUMBERED = r"\\(begin|end)\{(equation|align|gather|alignat|multline)\}"
WORDS = re.compile(r"\\(?:mathrm|operatorname)\{([^\\{}$]*[À-ỹ][^\\{}$]*)\}")


class MathError(SphinxError):
    """Formulas that KaTeX refused."""

    category = "Công thức hỏng"


def setup(app) -> None:
    """Become the HTML mathematics renderer."""
    app.add_html_math_renderer(
        "hocsau_katex", (visit_math, None), (visit_displaymath, None)
    )
    app.connect("builder-inited", _open)
    app.connect("build-finished", _close)


def tidy(tex: str) -> str:
    """LaTeX as authors write it → what KaTeX takes; numbers are Sphinx's."""
    tex = re.sub(r"\\label\{[^}]*\}", "", tex).strip()
    tex = re.sub(NUMBERED, r"\\\1{\2*}", tex)
    tex = tex.replace("{multline*}", "{gather*}")
    return WORDS.sub(r"\\text{\1}", tex)


def arrange(tex: str) -> str:
    r"""Several lines or blocks without an environment become ``aligned``."""
    parts = [part.strip() for part in tex.split("\n\n") if part.strip()]
    if len(parts) > 1:
        return "\\begin{gathered}" + " \\\\ ".join(parts) + "\\end{gathered}"
    body = parts[0] if parts else ""
    if "\\\\" in body and "\\begin" not in body:
        return "\\begin{aligned}" + body + "\\end{aligned}"
    return body


def visit_math(self, node: nodes.math) -> None:
    html = _render(self, node, tidy(node.astext()), display=False)
    self.body.append(f'<span class="math">{html}</span>')
    raise nodes.SkipNode


def visit_displaymath(self, node: nodes.math_block) -> None:
    html = _render(self, node, arrange(tidy(node.astext())), display=True)
    self.body.append(self.starttag(node, "div", CLASS="math hs-eq"))
    self.body.append(f'<div class="hs-eq-body">{html}</div>')
    if node["number"]:
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _render(translator, node, tex: str, *, display: bool) -> str:
    app = translator.builder.app
    try:
        return app.hocsau_katex.render(tex, display=display)
    except KatexError as error:
        docname = translator.docnames[0]
        source = Path(app.env.doc2path(docname)).relative_to(app.srcdir)
        what = f"{source}:{node.line or 1}  E-MATH  {error}: {tex} — sửa công thức"
        app.hocsau_math_errors.append((docname, what))
        logger.warning(what)
        return f'<code class="hs-math-error">{translator.encode(tex)}</code>'


def _open(app) -> None:
    app.hocsau_katex = Katex(Path(app.doctreedir) / "katex.json")
    app.hocsau_math_errors = []


def _close(app, exception) -> None:
    katex = getattr(app, "hocsau_katex", None)
    if katex is None:
        return
    katex.close(keep=exception is None)
    if not app.hocsau_math_errors:
        return
    for docname, _what in app.hocsau_math_errors:  # so that the next build sees it too
        Path(app.builder.get_outfilename(docname)).unlink(missing_ok=True)
    if exception is None:
        raise MathError("\n".join(what for _doc, what in app.hocsau_math_errors))
