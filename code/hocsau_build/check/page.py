"""A page as the rules see it: each view of it is made once, on first use."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from .. import chapter, gaps
from ..chapter import Chapter
from . import scan as scanning
from .scan import Block, Scan, scan
from .view import Heading, Maths, View, view

#: Stands where code, mathematics, a role or an address was; no letter, no space.
GAP = "\ufffc"
#: Directives whose argument is a title, read as prose.
TITLED = {"exercise-start", "exercise", "admonition", "dropdown", "tab-item"}
#: Every branch opens with a plain character, so that the search is quick.
INLINE = re.compile(
    r"\{[\w:-]+\}(?P<tick>`+)[^`]+(?P=tick)|(?P<bare>`+)[^`]+(?P=bare)"
    r"|\$(?<!\\\$)(?:\\\$|[^$\n]|\n(?!\n))+\$"
    r"|\((?<=\]\()[^)\s]*\)|https?://[^\s)>]+|<[A-Za-z/][^>\n]*>"
)
WORD = re.compile(r"[^\W\d_]+")
ESCAPE = re.compile(r"\\[nrt]")
#: Tests of a cell's source: whether some rule wants to see its syntax tree.
READ: list[Callable[[str], object]] = []
#: Children of a syntax tree that no rule looks at.
DULL = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)


class Page(Chapter):
    """One page; the same facts as ``Chapter``, and views for the rules."""

    @cached_property
    def scan(self) -> Scan:
        return scan(self.text)

    @property
    def lines(self) -> list[str]:
        return self.scan.lines

    @property
    def blocks(self) -> list[Block]:
        return self.scan.blocks

    @cached_property
    def first_lines(self) -> list[int]:
        """Line of the first line of code of each cell."""
        found = scanning.cells(self.text, self.scan)
        if found and len(found) == len(self.cells):
            return [first for _, first in found]
        return [cell.line + 1 for cell in self.cells]

    @property
    def kind(self) -> str:
        return str(self.facts.get("kind") or "")

    @property
    def skeleton(self) -> bool:
        return self.facts.get("state") == "skeleton"

    @cached_property
    def written(self) -> View:
        """Lines of prose, headings and titles as they stand; blank lines between."""
        titles = {b.line: b.arg for b in self.blocks if b.name in TITLED}
        kept, blank = [], True
        for number, kind in enumerate(self.scan.kinds, 1):
            line = self.lines[number - 1] if kind in "p#" else titles.get(number, "")
            if line or not blank:
                kept.append((number, line))
            blank = not line
        return view(kept)

    @cached_property
    def _masked(self) -> tuple[View, list[Maths]]:
        base, found = self.written, []

        def gap(match: re.Match) -> str:
            if match[0][0] == "$":
                found.append(Maths(match[0], base.line(match.start()), False))
            return _gap(match)

        return View(INLINE.sub(gap, base.text), base.numbers, base.starts), found

    @property
    def prose(self) -> View:
        """As ``written``, with code, formulas, roles and addresses blanked."""
        return self._masked[0]

    @cached_property
    def spoken(self) -> View:
        """Everything in words: prose, then captions and what cells hold."""
        kept = list(zip(self.prose.numbers, self.prose.text.split("\n"), strict=True))
        for number, kind in enumerate(self.scan.kinds, 1):
            line = self.lines[number - 1]
            if line.isascii():
                continue
            if kind == "c":
                kept.append((number, ESCAPE.sub("  ", line)))
            elif kind == "o":
                kept.append((number, INLINE.sub(_gap, line)))
        return view(kept)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of ``spoken`` in lower case: most rules need not look further."""
        return frozenset(WORD.findall(self.spoken.text.lower()))

    @cached_property
    def headings(self) -> list[Heading]:
        """Headings with the extent of their sections."""
        found = []
        for number, kind in enumerate(self.scan.kinds, 1):
            line = self.lines[number - 1]
            if kind == "#" and (match := re.match(r"(#{1,6})\s+(.*?)\s*$", line)):
                found.append(Heading(len(match[1]), match[2], number))
        out = []
        for at, one in enumerate(found):
            later = (h.line for h in found[at + 1 :] if h.level <= one.level)
            end = next(later, len(self.lines) + 1)
            out.append(Heading(one.level, one.title, one.line, end))
        return out

    def section(self, title: str) -> Heading | None:
        """The section of level two with this title."""
        return next(
            (h for h in self.headings if h.level == 2 and h.title == title), None
        )

    def within(self, where: Heading) -> str:
        """Text of a section."""
        return "\n".join(self.lines[where.line : where.end - 1])

    def forget(self) -> None:
        """Drop what is large and will not be asked for again."""
        for name in ("trees", "nodes"):
            self.__dict__.pop(name, None)

    def named(self, *names: str) -> list[Block]:
        """Blocks of these directives, in order."""
        return [b for b in self.blocks if b.name in names]

    @cached_property
    def maths(self) -> list[Maths]:
        """Every formula of the page's prose: displays, then those inside lines."""
        out, at, kinds = [], 0, self.scan.kinds
        while at < len(kinds):
            if kinds[at] == "m":
                end = at
                while end < len(kinds) and kinds[end] == "m":
                    end += 1
                out.append(Maths("\n".join(self.lines[at:end]), at + 1, True))
                at = end
            at += 1
        return out + self._masked[1]

    @cached_property
    def trees(self) -> list[tuple[int, ast.Module]]:
        """Trees of the cells worth reading (``READ``), with the line before each."""
        out = []
        for cell, first in zip(self.cells, self.first_lines, strict=True):
            wanted = not cell.embed and any(test(cell.source) for test in READ)
            if wanted and (tree := _tree(cell.source)):
                out.append((first - 1, tree))
        return out

    @cached_property
    def nodes(self) -> dict[type, list[tuple[int, ast.AST]]]:
        """Nodes that stand on a line, by kind, with their lines in the page."""
        out = defaultdict(list)
        for before, tree in self.trees:
            stack = list(tree.body)
            while stack:
                node = stack.pop()
                if line := getattr(node, "lineno", 0):
                    out[type(node)].append((before + line, node))
                for name in node._fields:
                    child = getattr(node, name, None)
                    if isinstance(child, list):
                        stack += [c for c in child if isinstance(c, ast.AST)]
                    elif isinstance(child, ast.AST) and not isinstance(child, DULL):
                        stack.append(child)
        return out


def load(path: Path, shown: str) -> Page:
    """Read a page the quick way; what is rare or broken, the build's way."""
    return parse(chapter.read_text(path, shown), path, shown)


def parse(text: str, path: Path, shown: str) -> Page:
    """As ``load``, of a text that need not be on disk yet."""
    head = chapter.parse_head(text, shown)
    found = scan(text)
    quick = scanning.cells(text, found)
    if quick is None or gaps.marked(text):
        cells = chapter.parse(text, path, shown).cells
    else:
        cells = [cell for cell, _ in quick]
    page = Page(path, shown, text, head, _Notebook(path, shown), cells)
    page.__dict__["scan"] = found  # a frozen dataclass; this is the cached property
    return page


class _Notebook:
    """The notebook of a page, read the build's way once somebody looks at it."""

    def __init__(self, path: Path, shown: str):
        self._place = path, shown

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(chapter.load(*self._place).notebook, name)


def _gap(match: re.Match) -> str:
    return re.sub(r"[^\n]", GAP, match[0])


def _tree(source: str) -> ast.Module | None:
    plain = [
        "" if line.lstrip().startswith(("%", "!", "?")) else line
        for line in source.splitlines()
    ]
    try:
        return ast.parse("\n".join(plain))
    except SyntaxError:
        return None
