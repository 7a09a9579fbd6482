"""Under a page's title: what moved upstream since it was written."""

from __future__ import annotations

from pathlib import Path

from ..layout import Book
from ..upstream import survey
from ..upstream.drift import words


def setup(app) -> None:
    """Pages whose upstream is known to have moved are read again."""
    app.connect("env-get-outdated", _outdated)


def _outdated(app, env, added, changed, removed):
    """Pages whose upstream moved, or stopped counting as moved, since last time."""
    app.hocsau_moved = survey.moved(Book(Path(app.srcdir)), env.found_docs)
    new = {i: d.data() for i, d in app.hocsau_moved.items()}
    old, env.hocsau_moved = getattr(env, "hocsau_moved", {}), new
    ids = {i for i in {*old, *new} if old.get(i) != new.get(i)}
    known = getattr(env, "hocsau_facts", {})
    return [doc for doc, facts in known.items() if facts.get("id") in ids]


def moved(app, page_id: str) -> list[tuple[str, str]]:
    """A phrase and a link for each upstream file that changed."""
    drift = app.hocsau_moved.get(page_id)
    return [(words(f), f.link) for f in drift.files] if drift else []
