"""A rule of the book: a code, a title, why, what to do, and two examples.

The examples are its test and its documentation: ``bad`` must raise it and nothing else,
``good`` nothing. An example is the text of one page, or a mapping of files of a small
book, or a function that makes one where it takes work. A rule looks at one page
(``scope="page"``) or at the whole book.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

Example = str | dict[str, str] | Callable[[], dict[str, str]]


@dataclass(frozen=True)
class Rule:
    """``look`` yields ``(line, what)`` for a page, ``(path, line, what)`` for a book.

    ``look`` of a page may also take the book's ``Source``. ``gentle``: on a page whose
    state is skeleton it says what is still to be written, and fails nothing; ``told``:
    it never fails anything. ``mend``
    turns words of a line on which the rule speaks into right ones; it is shown neither
    code nor addresses, unless ``bytewise``: the whole line then. ``about``: the only
    files it speaks of start so; when others are asked for, it need not run.
    """

    code: str
    title: str
    why: str
    fix: str
    good: Example
    bad: Example
    look: Callable
    scope: str = "page"
    structural: bool = False
    gentle: bool = False
    told: bool = False
    mend: Callable[[str], str] | None = None
    bytewise: bool = False
    about: str = ""
    wants_source: bool = False

    def files(self, right: bool) -> dict[str, str]:
        """An example as files; a text alone goes by the name ''."""
        example = self.good if right else self.bad
        example = example() if callable(example) else example
        return example if isinstance(example, dict) else {"": example}


RULES: dict[str, Rule] = {}


def rule(code: str, **facts):
    """Register the decorated function as a rule."""

    def add(look: Callable) -> Callable:
        if code in RULES:
            raise ValueError(f"rule {code} twice")
        pair = len(inspect.signature(look).parameters) == 2
        RULES[code] = Rule(code=code, look=look, wants_source=pair, **facts)
        return look

    return add


from .source import Source, excused, findings  # noqa: E402  (one door for rules)

__all__ = ["RULES", "Rule", "Source", "excused", "findings", "rule"]
