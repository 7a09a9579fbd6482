"""What the book already holds: state, topics treated, last change of each chapter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..chapter import parse_head

#: States in rising order; ``absent`` is a page that is not in the book.
STATES = ("absent", "skeleton", "draft", "reviewed")
_MARK = re.compile(r"^% topic:\s*([\d,\s]+?)\s*$", re.MULTILINE)
_FENCE = re.compile(r"^(`{3,})[^\n]*\n.*?^\1`*\s*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Written:
    """One chapter of the book, as its source describes it."""

    doc: str
    id: str
    state: str = "draft"
    topics: frozenset[int] = frozenset()
    updated: str = ""
    commit: str = ""  # of the upstream, that the page was written against


def marks(text: str) -> frozenset[int]:
    """Topic numbers marked by ``% topic: 5, 6`` outside code fences."""
    prose = _FENCE.sub("", text)
    found = (n for m in _MARK.finditer(prose) for n in re.findall(r"\d+", m[1]))
    return frozenset(map(int, found))


def read(doc: str, text: str) -> Written | None:
    """The chapter of this text; nothing for a page without an id."""
    if "hocsau:" not in text[:4000]:
        return None
    facts = parse_head(text, f"{doc}.md").get("hocsau")
    if not isinstance(facts, dict) or not facts.get("id"):
        return None
    topics = marks(text)
    state = facts.get("state")
    if state not in STATES[1:]:
        state = "draft" if topics else "skeleton"
    if state == "skeleton":
        topics = frozenset()
    updated = str(facts.get("updated") or "")
    source = facts.get("source")
    commit = source.get("commit") if isinstance(source, dict) else ""
    return Written(doc, str(facts["id"]), state, topics, updated, str(commit or ""))


def scan(root: Path, docs) -> dict[str, Written]:
    """Chapters by id, of the documents named; two of one id: the first counts."""
    found: dict[str, Written] = {}
    for doc in sorted(docs):
        path = Path(root) / f"{doc}.md"
        if not path.is_file():
            continue
        chapter = read(doc, path.read_text("utf-8", errors="replace"))
        if chapter:
            found.setdefault(chapter.id, chapter)
    return found
