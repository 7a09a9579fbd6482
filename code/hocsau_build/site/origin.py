"""Under a page's title: what it was translated from, and what moved upstream since."""

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


def attribution(facts: dict, course, page, licences: dict, urls: dict) -> dict:
    """What a translated page must say of its source; empty for an original one."""
    if facts.get("origin") != "translation" or course is None or page is None:
        return {}
    licence = str(facts.get("license", ""))
    return {
        "title": page.title_en,
        "url": source_at(facts, course, page),
        "by": ", ".join(page.lecturers),
        "course": course.facts.get("title_en", course.id),
        "commit": commit_of(facts)[:10],
        "licence": licences.get(licence, licence),
        "licence_url": urls.get(licence, ""),
        "translators": ", ".join(str(n) for n in facts.get("translators") or ()),
    }


def commit_of(facts: dict) -> str:
    source = facts.get("source")
    return str(source.get("commit") or "") if isinstance(source, dict) else ""


def source_at(facts: dict, course, page) -> str:
    """The upstream file at the commit that the page records."""
    repository = page.source.get("repository") or course.facts.get("repository")
    commit, path = commit_of(facts), page.source.get("path")
    if repository and commit and path:
        return f"{repository}/blob/{commit}/{path}"
    return course.source_url(page)
