"""Whose text a translated page is, and under which licence."""

from __future__ import annotations

LICENSES = {
    "CC-BY-SA-4.0": "CC BY-SA 4.0",
    "CC-BY-NC-SA-4.0": "CC BY-NC-SA 4.0",
    "MIT": "MIT",
    "Apache-2.0": "Apache 2.0",
}
LICENSE_URLS = {
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/deed.vi",
    "CC-BY-NC-SA-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/deed.vi",
    "MIT": "https://opensource.org/license/mit",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
}


def attribution(facts: dict, course, page) -> dict:
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
        "licence": LICENSES.get(licence, licence),
        "licence_url": LICENSE_URLS.get(licence, ""),
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


def sentence(facts: dict, courses: dict) -> str:
    """The same in one sentence of Markdown, for places without a template."""
    source = facts.get("source")
    course = courses.get(source.get("course")) if isinstance(source, dict) else None
    pages = course.pages if course else ()
    page = next((p for p in pages if p.id == facts.get("id")), None)
    said = attribution(facts, course, page)
    if not said:
        return ""
    who = f" ({said['by']})" if said["by"] else ""
    return (
        f"Bản dịch của [{said['title']}]({said['url']}){who}, {said['course']}; "
        f"người dịch: {said['translators']}; theo giấy phép của bản gốc, "
        f"{said['licence']}; so với bản gốc có sửa đổi."
    )
