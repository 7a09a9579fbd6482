"""A page read in one pass: blocks, cells and prose, each with its lines.

The build splits a page with markdown-it; rules look at a hundred pages in seconds, so
they read with this. Where a page holds something rare (an indented cell, raw HTML, a
broken option), ``cells`` gives up and the build's own reader decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

import yaml

from ..chapter import Cell

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FENCE = re.compile(r"( {0,3})(`{3,}|:{3,}|~{3,})([^`\n]*)$")
NAME = re.compile(r"\{([\w:-]+)\}\s*(.*)")
#: Directives whose body is not prose.
VERBATIM = {
    "code-cell", "code", "code-block", "raw", "math", "mermaid", "eval-rst",
    "csv-table", "toctree", "bibliography", "footbibliography", "literalinclude",
}  # fmt: skip
RARE = re.compile(
    r"^(?: +(?:`{3,}|~{3,}) *\{(?:code|raw)-cell|\+\+\+|<(?:script|pre|style|!--)"
    r"|(?:`{3,}|~{3,})\{raw-cell|~~~)",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass
class Block:
    """A fenced block; lines count from 1, ``body`` is the first line after options."""

    name: str
    arg: str
    line: int
    fence: str
    end: int = 0
    body: int = 0
    option_text: str = ""
    closed: bool = True
    raw: list[str] = field(default_factory=list, repr=False)

    @cached_property
    def options(self) -> dict:
        """Options as a mapping; empty when they cannot be read."""
        try:
            found = yaml.load(self.option_text, LOADER) if self.option_text else {}
        except yaml.YAMLError:
            return {}
        return found if isinstance(found, dict) else {}


@dataclass
class Scan:
    """What one pass over the lines of a page finds."""

    lines: list[str]
    blocks: list[Block] = field(default_factory=list)
    #: One letter a line: h head, p prose, # heading, % comment, b block mark,
    #: o option, c code, m mathematics, space for a blank line.
    kinds: list[str] = field(default_factory=list)
    head_end: int = 0


def scan(text: str) -> Scan:
    """Read the lines of a page once."""
    lines = text.splitlines()
    out = Scan(lines, kinds=["p"] * len(lines))
    at = _head(out)
    open_blocks: list[Block] = []
    while at < len(lines):
        line = lines[at]
        first = line.lstrip()[:1]
        if not first:
            out.kinds[at] = " "
        elif first in "`:~" and (match := FENCE.match(line)):
            at = _fence(out, at, match, open_blocks)
            continue
        elif first == "#" and line[0] == "#":
            out.kinds[at] = "#"
        elif first == "%" and line[0] == "%":
            out.kinds[at] = "%"
        elif first == "$" and line.startswith("$$"):
            at = _math(out, at)
            continue
        at += 1
    for block in open_blocks:
        block.end, block.closed = len(lines), False
    return out


def _head(out: Scan) -> int:
    if not out.lines or not out.lines[0].startswith("---"):
        return 0
    for at in range(1, len(out.lines)):
        if out.lines[at].startswith("---"):
            out.kinds[: at + 1] = "h" * (at + 1)
            out.head_end = at + 1
            return at + 1
    return 0


def _fence(out: Scan, at: int, match: re.Match, open_blocks: list[Block]) -> int:
    _, fence, info = match.groups()
    out.kinds[at] = "b"
    if not info.strip():
        for depth in range(len(open_blocks) - 1, -1, -1):
            opened = open_blocks[depth].fence
            if fence[0] == opened[0] and len(fence) >= len(opened):
                for block in open_blocks[depth:]:
                    block.end = at + 1
                    block.closed = block is open_blocks[depth]
                del open_blocks[depth:]
                return at + 1
    named = NAME.match(info.strip())
    name, arg = (named[1], named[2].strip()) if named else ("", info.strip())
    block = Block(name, arg, at + 1, fence)
    out.blocks.append(block)
    at = _options(out, block, at + 1) if named else at + 1
    block.body = at + 1
    if named and name not in VERBATIM:
        open_blocks.append(block)
        return at
    closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    kind = "m" if name == "math" else "c"
    start = at
    while at < len(out.lines) and not (
        out.lines[at].lstrip().startswith(fence) and closing.match(out.lines[at])
    ):
        at += 1
    out.kinds[start:at] = kind * (at - start)
    block.raw = out.lines[start:at]
    block.end = min(at + 1, len(out.lines))
    block.closed = at < len(out.lines)
    if block.closed:
        out.kinds[at] = "b"
    return at + 1


def _options(out: Scan, block: Block, at: int) -> int:
    lines, start, taken = out.lines, at, []
    if at < len(lines) and lines[at].startswith("---"):
        at += 1
        while at < len(lines) and not lines[at].startswith("---"):
            taken.append(lines[at])
            at += 1
        at += 1
    else:
        while at < len(lines) and re.match(r"\s*:(?!::)\S", lines[at]):
            taken.append(lines[at].lstrip()[1:])
            at += 1
    at = min(at, len(lines))
    out.kinds[start:at] = "o" * (at - start)
    block.option_text = "\n".join(taken)
    return at


def _math(out: Scan, at: int) -> int:
    start, lines = at, out.lines
    if "$$" in lines[at][2:]:
        out.kinds[at] = "m"
        return at + 1
    at += 1
    while at < len(lines) and "$$" not in lines[at]:
        at += 1
    at = min(at + 1, len(lines))
    out.kinds[start:at] = "m" * (at - start)
    return at


def cells(text: str, found: Scan) -> list[tuple[Cell, int]] | None:
    """Code cells with the line of their first line of code; None: read it slowly."""
    if RARE.search(text):
        return None
    out, outer = [], _containers(found)
    for block in found.blocks:
        if block.name != "code-cell" or block.fence[0] != "`":
            continue
        options = block.options
        if (block.option_text.strip() and not options) or not block.closed:
            return None
        if any(other.line < block.line < other.end for other in outer):
            continue
        raw, first = block.raw, block.body
        if raw and not raw[0].strip():
            raw, first = raw[1:], first + 1
        out.append((Cell("\n".join(raw), block.line, dict(options)), first))
    return out


def _containers(found: Scan) -> list[Block]:
    """Blocks that hold other lines: what is fenced inside them is not a cell."""
    return [b for b in found.blocks if b.name not in VERBATIM and b.end > b.body]
