"""Phrases to look for in running text, and what this book says instead.

A page is asked for a phrase only if it holds all its words: hundreds of phrases then
cost no more than the few that may be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .page import WORD, Page
from .syllable import legal

#: Next to these a phrase is part of a longer word, a path or a compound.
STUCK, AFTER = re.compile(r"[\w/.-]"), re.compile(r"[\w/-]")


class Lexicon:
    """``wrong`` → ``right``; phrases in ``kept`` take their words away from shorter."""

    def __init__(
        self, wrong: dict[str, str], kept: Iterable[str] = (), plural: bool = False
    ):
        self.right = dict(wrong)
        self.plural = plural
        self.phrases = [
            (name, frozenset(WORD.findall(name.lower())))
            for name in sorted({*wrong, *kept}, key=len, reverse=True)
        ]

    @classmethod
    def translated(cls, terms) -> Lexicon:
        """English names that this book translates; those that it keeps are kept."""
        kept = {n for t in terms if t.keep_english for n in (t.name, t.shown)}
        kept = {name.casefold() for name in kept}
        ours = {
            t.name: t.vietnamese
            for t in terms
            if not t.keep_english and t.name.isascii() and t.name[0].islower()
            and t.name not in kept and t.name not in legal()
        }  # fmt: skip
        return cls(ours, kept, plural=True)

    def find(self, text: str, page: Page | None = None):
        """Every wrong phrase of a text (of a page), and the right one."""
        words = page.words if page else frozenset(WORD.findall(text.lower()))
        if self.plural:
            words |= {word[:-1] for word in words if word[-1] == "s"}
        here = tuple(name for name, parts in self.phrases if parts <= words)
        if not any(name in self.right for name in here):
            return
        for match in _pattern(here, self.plural).finditer(text):
            at, end = match.span()
            whole = not STUCK.match(text, at - 1, at) if at else True
            name = " ".join(match["name"].split())
            if whole and name in self.right and not AFTER.match(text, end):
                yield match, self.right[name]


@lru_cache(512)
def _pattern(names: tuple[str, ...], plural: bool) -> re.Pattern:
    choice = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in names)
    return re.compile(rf"(?P<name>{choice})" + ("s?" if plural else ""))
