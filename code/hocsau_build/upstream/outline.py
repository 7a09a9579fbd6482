"""The skeleton of a text: its headings, equations, figures and code, in order.

Read from MyST, from other Markdown (Jekyll, kramdown) or from a notebook. An item
keeps no text of its source, only a sketch: hashes of the words that survive a
translation, enough to say which of two formulas is missing.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass

HEADING, EQUATION, FIGURE, CODE = "heading", "equation", "figure", "code"
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})\s*(.*?)\s*$")
_IMAGE = re.compile(
    r"!\[[^\]]*\]\(\s*<?([^)>\s]+)|<img\b[^>]*?\bsrc=[\"']([^\"']+)", re.I
)
_HEAD = re.compile(r"^(#{1,6})\s+(.*)")
_AMS = re.compile(
    r"^\s*\\begin\{(equation|align|gather|multline|alignat|eqnarray)\*?\}"
)
_LIQUID = re.compile(r"^\s*\{%-?\s*(end)?highlight\b")
_WORD = re.compile(r"\\[A-Za-z]+|[A-Za-z_]\w*|\d+")
_WRITTEN = re.compile(r"\\(?:text|mathrm|textrm|mbox|operatorname)\s*\{[^{}]*\}")
_LOOK = {
    r"\begin", r"\end", r"\left", r"\right", r"\boldsymbol", r"\mathbf", r"\bm",
    r"\vect", r"\matr", r"\quad", r"\qquad", r"\label", r"\tag", r"\displaystyle",
    "aligned", "align", "split", "gathered",
}  # fmt: skip
_OPTIONS = re.compile(r"(?:---\n(.*?)\n---|((?::[^\n]*\n)+))", re.DOTALL)
MOST_HASHES = 40


@dataclass(frozen=True)
class Item:
    """One part; ``line`` counts lines of a text, cells of a notebook."""

    kind: str
    line: int
    level: int = 0
    mark: frozenset[str] = frozenset()


def sketch(text: str, name: bool = False) -> frozenset[str]:
    """Hashes of the words of a formula or of code; of the whole, for a file name."""
    plain = _WRITTEN.sub(" ", text) if not name else text
    words = [text] if name else [w for w in _WORD.findall(plain) if w not in _LOOK]
    hashes = sorted({f"{zlib.crc32(w.encode()) & 0xFFFF:04x}" for w in words})
    return frozenset(hashes[:MOST_HASHES])


def of_text(text: str, first: int = 1, fixed: int = 0) -> list[Item]:
    """Items of a Markdown text; ``fixed`` is the line of all, for a notebook's cell."""
    items = list(_Reader(text.splitlines(), first).items())
    return [Item(i.kind, fixed, i.level, i.mark) for i in items] if fixed else items


def of_notebook(text: str) -> list[Item]:
    """Items of an ``.ipynb``; their line is the number of the cell, from 1."""
    items: list[Item] = []
    for number, cell in enumerate(json.loads(text)["cells"], 1):
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            if source.strip():
                items.append(Item(CODE, number, 0, sketch(source)))
        elif cell["cell_type"] == "markdown":
            items += of_text(source, fixed=number)
    return items


def of_file(path: str, text: str) -> list[Item]:
    """Items of an upstream file, by its ending."""
    return of_notebook(text) if path.endswith(".ipynb") else of_text(text)


def levelled(items: list[Item]) -> list[Item]:
    """Without the page's title, headings counted from the highest that is left."""
    first = next((i for i in items if i.kind == HEADING), None)
    ones = [i for i in items if i.kind == HEADING and i.level == 1]
    rest = [i for i in items if i is not first] if ones == [first] else items
    top = min((i.level for i in rest if i.kind == HEADING), default=1) - 1
    return [
        Item(i.kind, i.line, i.level - top, i.mark) if i.kind == HEADING else i
        for i in rest
    ]


class _Reader:
    """One pass over the lines; ``at`` is the next line to read."""

    def __init__(self, lines: list[str], first: int):
        self.lines, self.first, self.at = lines, first, 0
        self.open: list[str] = []

    def items(self):
        self._skip_head()
        while self.at < len(self.lines):
            line, number = self.lines[self.at], self.first + self.at
            self.at += 1
            yield from self._line(line, number)

    def _skip_head(self):
        if self.lines and self.lines[0].strip() == "---":
            ends = (n for n, t in enumerate(self.lines[1:], 1) if t.strip() == "---")
            self.at = next(ends, -1) + 1

    def _line(self, line: str, number: int):
        if match := _FENCE.match(line):
            yield from self._fence(match[1], match[2], number)
        elif _LIQUID.match(line):
            yield Item(CODE, number, 0, sketch(self._until(_LIQUID)))
        elif line.lstrip().startswith("$$"):
            yield from self._dollars(line.strip(), number)
        elif _AMS.match(line):
            body = line + self._until(re.compile(r"^\s*\\end\{"))
            yield Item(EQUATION, number, 0, sketch(body))
        elif match := _HEAD.match(line):
            yield Item(HEADING, number, len(match[1]))
        elif match := re.match(r"^\s*:{3,}\{(figure|image)\}\s*(\S*)", line):
            yield _figure(match[2], number)
        elif line.lstrip().startswith("<!--"):
            self._comment(line)
        elif not line.startswith("%"):
            yield from (_figure(m[1] or m[2], number) for m in _IMAGE.finditer(line))

    def _comment(self, line: str):
        if "-->" not in line:
            self._until(re.compile("-->"))

    def _fence(self, fence: str, info: str, number: int):
        close = re.compile(rf"^\s*{re.escape(fence[0])}{{{len(fence)},}}\s*$")
        name = re.match(r"\{([\w-]+)\}\s*(\S*)", info)
        if name and name[1] in ("figure", "image"):
            self._until(close)
            yield _figure(name[2], number)
        elif name and name[1] == "math":
            yield Item(EQUATION, number, 0, sketch(self._until(close)))
        elif name and name[1] == "code-cell":
            yield from _cell(self._until(close), number)
        elif name:
            self.open.append(fence)  # a directive whose body is prose
        elif not info and self._closes(fence):
            self.open.pop()
        else:
            yield Item(CODE, number, 0, sketch(self._until(close)))

    def _closes(self, fence: str) -> bool:
        """Whether a bare fence ends the directive that was opened last."""
        last = self.open[-1] if self.open else ""
        return bool(last) and fence[0] == last[0] and len(fence) >= len(last)

    def _dollars(self, line: str, number: int):
        rest = line[2:]
        if "$$" in rest:
            body, _, after = rest.partition("$$")
            if re.fullmatch(r"\s*(\([\w:-]+\))?[.,;:]?\s*(\{[^}]*\})?", after):
                yield Item(EQUATION, number, 0, sketch(body))
            return
        yield Item(EQUATION, number, 0, sketch(rest + self._until(re.compile(r"\$\$"))))

    def _until(self, close: re.Pattern) -> str:
        start = self.at
        while self.at < len(self.lines):
            self.at += 1
            if close.search(self.lines[self.at - 1]):
                return "\n".join(self.lines[start : self.at - 1])
        return "\n".join(self.lines[start:])


def _figure(path: str, number: int) -> Item:
    return Item(FIGURE, number, 0, sketch(path.rsplit("/", 1)[-1], name=True))


def _cell(body: str, number: int):
    """A cell that draws a captioned figure is a figure; a hidden one is nothing."""
    options = _OPTIONS.match(body + "\n")
    head = (options[1] or options[2]) if options else ""
    if re.search(r"remove-cell", head):
        return
    if re.search(r"^\s*figure:", head, re.M):
        yield Item(FIGURE, number)
    else:
        yield Item(CODE, number, 0, sketch(body[options.end() if options else 0 :]))
