"""Code cells of a page, read with nothing but PyYAML.

A machine that records has no Sphinx and no MyST. The only thing that matters there is
which code runs and with which options, and that is a matter of fences at the left
margin. A test holds this reader against MyST's on every page; if the two ever
disagreed on a page, its recording would be stale the moment it is made.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from ..chapter import Chapter, parse_head, read_cell, read_text
from ..errors import BookError

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}|:{3,})(.*)$")


def load(path: Path, shown: str) -> Chapter:
    """As ``chapter.load``, without the text cells."""
    text = read_text(path, shown)
    head = parse_head(text, shown)
    cells = [_cell(*found, text, shown) for found in fences(text)]
    return Chapter(path, shown, text, head, None, cells)


def fences(text: str):
    """``(line, body)`` of each code cell; inside a list or another block is none."""
    lines, fence, start, ours = text.splitlines(), "", 0, False
    for number, line in enumerate(lines, 1):
        match = FENCE.match(line)
        if not fence:
            if match and not ("`" in match[1] and "`" in match[2]):
                fence, start = match[1], number
                ours = line[0] == "`" and match[2].startswith("{code-cell}")
        elif match and _closes(match, fence):
            if ours:
                yield start, lines[start : number - 1]
            fence = ""
    if fence and ours:
        yield start, lines[start:]


def _closes(match: re.Match, fence: str) -> bool:
    return match[1].startswith(fence) and not match[2].strip()


def _cell(line: int, body: list[str], text: str, shown: str):
    options, rest = split_options(body)
    try:
        found = _yaml(options)
    except ValueError as exc:
        raise BookError(
            shown, line, "E-CELL", f"tùy chọn của ô mã hỏng: {exc}",
            "xem CONTRIBUTING.md, mục «Ô mã»",
        ) from exc  # fmt: skip
    if rest and not rest[0].strip():
        rest = rest[1:]
    return read_cell("\n".join(rest), line, found, text, shown)


def split_options(body: list[str]) -> tuple[str, list[str]]:
    """Options, as ``--- … ---`` or as ``:key: value`` lines, and the code below."""
    if body and body[0].startswith("---"):
        for end in range(1, len(body)):
            if body[end].startswith("---"):
                return textwrap.dedent("\n".join([*body[1:end], ""])), body[end + 1 :]
        return textwrap.dedent("\n".join(body[1:])), []
    first = next((i for i, line in enumerate(body) if line.strip()), 0)
    if not body or not body[first].lstrip().startswith(":"):
        return "", body
    end = 0
    while end < len(body) and body[end].lstrip().startswith(":"):
        end += 1
    return "\n".join(line.lstrip()[1:] for line in body[:end]), body[end:]


def _yaml(text: str) -> dict:
    import yaml

    try:
        found = yaml.safe_load(text) or {}
    except yaml.YAMLError as exc:
        raise ValueError(getattr(exc, "problem", exc)) from exc
    if not isinstance(found, dict):
        raise ValueError("không phải các cặp «khóa: giá trị»")
    return found
