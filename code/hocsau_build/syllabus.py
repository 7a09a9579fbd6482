"""Coverage maps ``book/_syllabus/<course>.yml``: what exists upstream, page by page.

A course has: ``course`` (its id, the file's name), ``title_en``, ``title_vi``,
``audience`` (one sentence: for whom), ``edition``, ``institution``, ``site``,
``repository``, ``commit``, ``licence``, ``staff`` (``name``, ``role``), ``pages``
and, optionally, ``assignments``, ``unlinked_notebooks`` and ``translate`` (the licence
that a translation of its pages carries; without it none is allowed). What is shown to
readers as it stands is Vietnamese; topics and notes for authors are English.
A page has:

``id``             ``nyu/02-1``, ``mit/lab1-1``, ``dlsys/01``, ``nm/01``; unique
``kind``           one of ``KINDS``
``title_en``, ``title_vi``   upstream's title; our own correct Vietnamese one
``topics``         facts in our own words; a topic's number is its place, from 1
``week``, ``part``           how the course table groups pages
``lecturers``, ``date``, ``years``, ``video``, ``slides``, ``notebooks``,
``related_notebooks``        upstream facts and links
``prerequisites``  ids of pages, of any course
``source``         ``path`` or ``url``, and ``commit`` where one is known;
                   ``repository``, ``translate`` where they differ from the course's
``formulas``, ``figures``, ``demos``, ``must_run``, ``compute``, ``builds``
                   free facts for authors; tools only pass them on
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from .errors import BookError, relative

#: Folder of the maps, from the root of the book.
PLACE = "book/_syllabus"
#: Courses in the order in which the site names them.
ORDER = ("nhap-mon", "nyu", "mit", "dlsys")
KINDS = ("lecture", "practicum", "lab", "guest", "project")
#: The C loader is ten times faster; some platforms lack it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KNOWN = {
    "id", "kind", "title_en", "title_vi", "topics", "week", "part", "lecturers",
    "date", "years", "video", "slides", "notebooks", "related_notebooks",
    "prerequisites", "source", "short_en",
}  # fmt: skip
_NOTES = {"formulas", "figures", "demos", "must_run", "compute", "builds"}
_LISTS = (
    "topics", "lecturers", "slides", "notebooks", "related_notebooks",
    "prerequisites",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One page of an upstream course."""

    id: str
    course: str
    kind: str
    title_en: str
    title_vi: str
    topics: tuple[str, ...] = ()
    week: int | None = None
    part: str = ""
    lecturers: tuple[str, ...] = ()
    date: str = ""
    years: str = ""
    video: str = ""
    slides: tuple[str, ...] = ()
    notebooks: tuple[str, ...] = ()
    related_notebooks: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    source: dict = field(default_factory=dict)
    short_en: str = ""
    notes: dict = field(default_factory=dict)

    @property
    def group(self) -> str:
        """Heading under which the course table puts this page."""
        return f"Tuần {self.week}" if self.week else self.part

    @property
    def short(self) -> str:
        """Id without the course: ``02-1``, ``lab1-1``."""
        return self.id.partition("/")[2]


@dataclass(frozen=True)
class Course:
    """One upstream course and its pages, in teaching order."""

    id: str
    facts: dict
    pages: tuple[Page, ...]

    def __getattr__(self, name: str):
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None

    def source_url(self, page: Page) -> str:
        """Link to the upstream page or notebook that ``page`` covers."""
        if page.source.get("url"):
            return page.source["url"]
        repository = page.source.get("repository") or self.facts.get("repository")
        if page.source.get("path") and repository:
            ref = page.source.get("commit") or "master"
            return f"{repository}/blob/{ref}/{page.source['path']}"
        return self.facts.get("site", "")

    def translation_licence(self, page: Page) -> str:
        """Licence a translation of ``page`` must carry; '' when none is allowed."""
        own = page.source.get("translate")
        return str(own or self.facts.get("translate") or "")


def load(folder: Path) -> dict[str, Course]:
    """Every course of a folder by id, in the site's order; checks ids and links."""
    folder = Path(folder)
    paths = {p.stem: p for p in folder.glob("*.yml")}
    names = [n for n in ORDER if n in paths] + sorted(set(paths) - set(ORDER))
    courses = {name: load_course(paths[name]) for name in names}
    _check_links(courses, folder)
    return courses


def load_course(path: Path) -> Course:
    """One map; a page without a needed key is an error that names it."""
    path = Path(path)
    shown = relative(path, path.parents[2]) if len(path.parents) > 2 else str(path)
    try:
        data = yaml.load(path.read_text("utf-8"), _LOADER)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        raise BookError(
            shown, mark.line + 1 if mark else 1, "S-YAML",
            f"YAML hỏng: {getattr(exc, 'problem', exc)}", "sửa cú pháp ở dòng này",
        ) from exc  # fmt: skip
    if not isinstance(data, dict) or data.get("course") != path.stem:
        raise BookError(
            shown, 1, "S-COURSE", "thiếu khóa course, hoặc khác tên tệp",
            f"ghi «course: {path.stem}»",
        )  # fmt: skip
    pages = tuple(_page(p, path.stem, shown) for p in data.pop("pages", None) or [])
    return Course(data["course"], data, pages)


def find(courses: dict[str, Course], page_id: str) -> Page | None:
    """The page of this id, or nothing."""
    for course in courses.values():
        for page in course.pages:
            if page.id == page_id:
                return page
    return None


def _page(raw: dict, course: str, shown: str) -> Page:
    name = raw.get("id", "?")

    def wrong(what: str, remedy: str) -> BookError:
        return BookError(shown, 1, "S-PAGE", f"trang {name}: {what}", remedy)

    for key in ("id", "kind", "title_en", "title_vi", "topics"):
        if not raw.get(key):
            raise wrong(f"thiếu {key}", "điền khóa này")
    if raw["kind"] not in KINDS:
        raise wrong(f"kind là «{raw['kind']}»", f"một trong {', '.join(KINDS)}")
    if extra := set(raw) - _KNOWN - _NOTES:
        raise wrong(f"khóa lạ {sorted(extra)}", "xem code/hocsau_build/syllabus.py")
    values = {k: v for k, v in raw.items() if k in _KNOWN}
    for key in _LISTS:
        values[key] = tuple(str(v) for v in values.get(key) or ())
    notes = {k: v for k, v in raw.items() if k in _NOTES}
    return Page(course=course, notes=notes, **values)


def _check_links(courses: dict[str, Course], folder: Path) -> None:
    seen: set[str] = set()
    shown = f"{PLACE}/{{}}.yml"
    for course in courses.values():
        for page in course.pages:
            if page.id in seen:
                raise BookError(
                    shown.format(course.id), 1, "S-TWICE",
                    f"id {page.id} có hai lần", "đổi một trong hai",
                )  # fmt: skip
            seen.add(page.id)
    for course in courses.values():
        for page in course.pages:
            for other in page.prerequisites:
                if other not in seen:
                    raise BookError(
                        shown.format(course.id), 1, "S-LINK",
                        f"trang {page.id} cần {other}, mà {other} không có",
                        "sửa prerequisites",
                    )  # fmt: skip
