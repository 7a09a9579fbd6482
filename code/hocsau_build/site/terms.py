"""Term hover: the first use of each glossary term on a page explains itself.

Runs over text nodes when the page is resolved; longest term first; never inside
code, mathematics, headings, links or captions. Only terms with a definition count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .. import glossary

SKIP = (
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.math_block,
    nodes.title,
    nodes.reference,
    nodes.caption,
    nodes.emphasis,
    nodes.raw,
    nodes.comment,
    nodes.figure,
    nodes.citation,
    nodes.footnote,
    nodes.term,
    addnodes.pending_xref,
    addnodes.toctree,
    addnodes.index,
)
NO_HOVER = "hs-no-terms"


def setup(app) -> None:
    """Load the glossary once; note it as a dependency of every page."""
    app.connect("builder-inited", _load)
    app.connect("env-get-outdated", _outdated)
    app.add_post_transform(MarkTerms)


class Lexicon:
    """Glossary terms to look for, and one pattern that finds them all.

    A blocker is a longer phrase: found first, it takes its words away from the term
    inside it ("bài tập kiểm tra" holds no "tập kiểm tra").
    """

    def __init__(self, terms: list[glossary.Term], blockers: Iterable[str] = ()):
        self.blockers = {text.casefold() for text in blockers}
        self.by_text = {
            text.casefold(): term
            for term in terms
            if term.definition
            for text in _shown(term)
        }

    @cached_property
    def pattern(self) -> re.Pattern | None:
        texts = sorted(self.blockers | set(self.by_text), key=len, reverse=True)
        if not self.by_text:
            return None
        choice = "|".join(re.escape(text).replace(r"\ ", r"\s+") for text in texts)
        return re.compile(rf"(?<![\w-])(?:{choice})(?![\w-])", re.IGNORECASE)

    def find(self, text: str):
        """Every match with its term, left to right."""
        if self.pattern is None:
            return
        for match in self.pattern.finditer(text):
            key = " ".join(match[0].split()).casefold()
            if (term := self.by_text.get(key)) and key not in self.blockers:
                yield match, term


def _shown(term: glossary.Term):
    if not term.keep_english:
        text = re.sub(r"\s*\([^)]*\)", "", term.vietnamese).strip()
        if " " in text:  # one syllable has too many senses: nút, chiều, kênh, chuỗi
            yield text
    else:
        yield term.shown
        yield term.name


def _load(app) -> None:
    path = Path(app.srcdir) / glossary.PLACE
    terms = glossary.load(path) if path.exists() else []
    blockers = glossary.blockers(Path(app.srcdir) / glossary.BLOCKERS)
    app.hocsau_lexicon = Lexicon(terms, blockers)
    app.hocsau_glossary_page = _glossary_doc(app)


def _glossary_doc(app) -> str:
    """The glossary page, if the book has one: hovers then point into it."""
    for name in ("thuat-ngu", "glossary"):
        if (Path(app.srcdir) / f"book/phu-luc/{name}.md").exists():
            return f"book/phu-luc/{name}"
    return ""


def _outdated(app, env, added, changed, removed):
    """New definitions reach every page, at the cost of reading, never of running."""
    lexicon = {
        k: (t.english, t.definition) for k, t in app.hocsau_lexicon.by_text.items()
    }
    lexicon |= dict.fromkeys(app.hocsau_lexicon.blockers)
    seen, env.hocsau_lexicon = getattr(env, "hocsau_lexicon", None), lexicon
    return list(env.found_docs) if seen not in (None, lexicon) else []


class MarkTerms(SphinxPostTransform):
    """Wrap the first use of each term and append its explanation to the page."""

    default_priority = 880
    formats = ("html",)

    def run(self, **kwargs) -> None:
        docname = self.env.docname
        if docname == self.app.hocsau_glossary_page:
            return
        self.seen: set[str] = set()
        self.tips: list[str] = []
        for text in list(self.document.findall(nodes.Text)):
            if not _skipped(text):
                self._mark(text)
        if self.tips:
            self.document.append(nodes.raw("", "".join(self.tips), format="html"))

    def _mark(self, text: nodes.Text) -> None:
        plain, at, out = str(text), 0, []
        for match, term in self.app.hocsau_lexicon.find(plain):
            if term.english in self.seen:
                continue
            self.seen.add(term.english)
            out.append(nodes.Text(plain[at : match.start()]))
            out.append(nodes.raw(match[0], self._span(match[0], term), format="html"))
            at = match.end()
        if out:
            out.append(nodes.Text(plain[at:]))
            parent = text.parent
            where = parent.index(text)
            parent.remove(text)
            for offset, node in enumerate(n for n in out if n.astext()):
                parent.insert(where + offset, node)

    def _span(self, shown: str, term: glossary.Term) -> str:
        tip = f"tip-{term.slug.removeprefix('term-')}"
        self.tips.append(draw_tip(tip, term))
        return (
            f'<span class="hs-term" tabindex="0" role="button" aria-expanded="false" '
            f'aria-describedby="{tip}">{escape(shown)}</span>'
        )


def draw_tip(tip: str, term: glossary.Term) -> str:
    """English, Vietnamese and definition of a term, hidden until asked for."""
    head = term.vietnamese if not term.keep_english else term.shown
    other = term.english if not term.keep_english else term.vietnamese
    gloss = f" · <i>{escape(other)}</i>" if other.casefold() != head.casefold() else ""
    return (
        f'<span class="hs-tip" role="tooltip" id="{tip}" hidden>'
        f"<b>{escape(head)}{gloss}</b>{escape(term.definition)}</span>"
    )


def _skipped(text: nodes.Text) -> bool:
    node = text.parent
    while node is not None:
        if isinstance(node, SKIP) or node.get("nb_element"):
            return True
        if NO_HOVER in node.get("classes", ()):
            return True
        node = node.parent
    return False
