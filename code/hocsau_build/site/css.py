"""A small reader of style sheets: keep the rules that some page can use."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CLASS = re.compile(r"\.(-?[A-Za-z_](?:[\w-]|\\.)*)")
NOT = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")
EITHER = re.compile(r":(?:is|where)\(((?:[^()]|\([^()]*\))*)\)")
URL = re.compile(r"""url\(\s*(['"]?)(?!data:|https?:|#|/)([^'")]+)\1\s*\)""")
USE = re.compile(r"var\(\s*(--[\w-]+)")
PROPERTY_NAME = re.compile(r"--[\w-]+")
#: One declaration; a value may hold brackets and strings.
PROPERTY = re.compile(
    r"""([{;]\s*)(--[\w-]+)\s*:(?:"[^"]*"|'[^']*'|\((?:"[^"]*"|'[^']*'|[^()]|\([^()]*\))*\)|[^;{}"'()])*(?:;|(?=\}))"""
)
IMPORT = re.compile(r"""@import\s+(?:url\()?\s*['"]?([^'")\s]+)['"]?\s*\)?\s*;""")
HOLDS_RULES = ("@media", "@supports", "@layer", "@container")


def with_imports(path: Path) -> str:
    """Text of a sheet with the sheets that it imports put in their place.

    An import is looked for beside the sheet, then in the folder above it.
    """
    text = COMMENT.sub("", path.read_text("utf-8"))

    def inline(match: re.Match) -> str:
        for folder in (path.parent, path.parent.parent):
            if (folder / match[1]).exists():
                return with_imports(folder / match[1])
        return ""

    return IMPORT.sub(inline, text)


def rules(text: str):
    """Top-level ``(prelude, body)`` pairs; body is None for ``@import`` and so on."""
    start = at = 0
    while at < len(text):
        char = text[at]
        if char in "\"'":
            at = _skip_string(text, at)
        elif char == ";":
            yield text[start : at + 1].strip(), None
            start = at = at + 1
        elif char == "{":
            end = _closing(text, at)
            yield text[start:at].strip(), text[at + 1 : end]
            start = at = end + 1
        else:
            at += 1


def _closing(text: str, at: int) -> int:
    depth = 0
    while at < len(text):
        char = text[at]
        if char in "\"'":
            at = _skip_string(text, at)
            continue
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return at
        at += 1
    return len(text)


def _skip_string(text: str, at: int) -> int:
    quote, at = text[at], at + 1
    while at < len(text) and text[at] != quote:
        at += 2 if text[at] == "\\" else 1
    return at + 1


def usable(selector: str, seen: set[str]) -> bool:
    """Whether every class that the selector needs stands on some page.

    Of ``:is(…)`` and ``:where(…)`` one usable choice is enough.
    """
    bare = NOT.sub("", selector)
    choices = [split_selectors(m[1]) for m in EITHER.finditer(bare)]
    needed = CLASS.findall(EITHER.sub("", bare))
    return all(name.replace("\\", "") in seen for name in needed) and all(
        any(usable(choice, seen) for choice in several) for several in choices
    )


def split_selectors(prelude: str) -> list[str]:
    """Selectors of a list; commas inside brackets do not split."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(prelude):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append(prelude[start:at])
            start = at + 1
    return [part.strip() for part in [*parts, prelude[start:]]]


def prune(text: str, seen: set[str]) -> str:
    """The style sheet without rules for classes that no page has."""
    out = []
    for prelude, body in rules(COMMENT.sub("", text)):
        if body is None:
            if not prelude.startswith("@charset"):
                out.append(prelude)
        elif prelude.startswith(HOLDS_RULES):
            inside = prune(body, seen)
            if inside:
                out.append(f"{prelude}{{{inside}}}")
        elif prelude.startswith("@"):
            out.append(f"{prelude}{{{squeeze(body)}}}")
        else:
            kept = [s for s in split_selectors(prelude) if usable(s, seen)]
            if kept and body.strip():
                out.append(f"{','.join(kept)}{{{squeeze(body)}}}")
    return "\n".join(out)


def drop_unused_properties(text: str, other: str = "") -> str:
    """The sheet without custom properties that neither it nor ``other`` uses."""
    while True:
        used = set(USE.findall(text)) | set(PROPERTY_NAME.findall(other))
        fresh = PROPERTY.sub(
            lambda m, used=used: m[0] if m[2] in used else m[1], text
        )
        if fresh == text:
            return fresh
        text = fresh


def squeeze(body: str) -> str:
    """Declarations without spare white space."""
    return re.sub(r"\s+", " ", body).strip()


def move_urls(text: str, folder: str) -> str:
    """Rewrite relative addresses of a sheet in ``folder`` for the folder above."""

    def fix(match: re.Match) -> str:
        return f"url({posixpath.normpath(posixpath.join(folder, match[2]))})"

    return URL.sub(fix, text) if folder else text
