"""Coverage maps: loader, what it refuses, and the book's own four files."""

import re
import unicodedata
from pathlib import Path

import pytest

from hocsau_build import syllabus
from hocsau_build.errors import BookError

ROOT = Path(__file__).parents[2]
PAGE = "- {id: thu/01, kind: lecture, title_en: One, title_vi: Một, topics: [a, b]}\n"


def course(tmp_path, pages: str = PAGE, name: str = "thu", head: str = "") -> Path:
    folder = tmp_path / "book/_syllabus"
    folder.mkdir(parents=True, exist_ok=True)
    text = head or f"course: {name}\ntitle_en: Test\ntitle_vi: Thử\n"
    (folder / f"{name}.yml").write_text(f"{text}pages:\n{pages}", "utf-8")
    return folder


def refused(tmp_path, pages: str, match: str, **more) -> None:
    with pytest.raises(BookError, match=match):
        syllabus.load(course(tmp_path, pages, **more))


def test_pages_and_topics_in_order(tmp_path):
    courses = syllabus.load(course(tmp_path))
    page = syllabus.find(courses, "thu/01")
    assert page.topics == ("a", "b")
    assert (page.short, page.group, courses["thu"].title_vi) == ("01", "", "Thử")
    assert syllabus.find(courses, "thu/02") is None


def test_source_link_points_at_the_recorded_commit(tmp_path):
    text = PAGE.replace("topics", "source: {path: d/1.md, commit: abc}, topics")
    head = "course: thu\ntitle_en: T\ntitle_vi: T\nrepository: https://x/y\n"
    thu = syllabus.load(course(tmp_path, text, head=head))["thu"]
    assert thu.source_url(thu.pages[0]) == "https://x/y/blob/abc/d/1.md"


def test_what_is_refused(tmp_path):
    refused(tmp_path, PAGE.replace("title_vi: Một, ", ""), "thu/01: thiếu title_vi")
    refused(tmp_path, PAGE.replace("topics: [a, b]", "topics: []"), "thiếu topics")
    refused(tmp_path, PAGE.replace("lecture", "talk"), "kind là «talk»")
    refused(
        tmp_path, PAGE.replace("topics", "slide: x, topics"), r"khóa lạ \['slide'\]"
    )
    refused(tmp_path, PAGE + PAGE, "thu/01 có hai lần")
    linked = PAGE.replace("topics", "prerequisites: [thu/09], topics")
    refused(tmp_path, linked, "thu/09 không có")
    refused(tmp_path, PAGE, "S-COURSE", head="course: khac\n")
    refused(tmp_path, "- {id: [\n", r"thu\.yml:\d+  S-YAML")


@pytest.fixture(scope="module")
def courses():
    return syllabus.load(ROOT / syllabus.PLACE)


def test_the_four_courses_are_there_in_the_sites_order(courses):
    sizes = {name: len(c.pages) for name, c in courses.items()}
    assert list(sizes) == list(syllabus.ORDER)
    assert (sizes["nyu"], sizes["nhap-mon"], sizes["dlsys"]) == (42, 17, 25)
    assert {p.id for p in courses["mit"].pages} >= {"mit/lab1-1", "mit/lab2-2"}


def test_every_nyu_page_has_its_week_date_and_links(courses):
    pages = courses["nyu"].pages
    assert [p.week for p in pages] == sorted(p.week for p in pages)
    assert {p.week for p in pages} == set(range(1, 16))
    for page in pages:
        assert re.fullmatch(r"2020-\d\d-\d\d", page.date), page.id
        assert page.video.startswith("https://youtu.be/"), page.id
        assert page.source["commit"] == courses["nyu"].commit


def test_titles_are_nfc_sentence_case_and_unique(courses):
    for name, c in courses.items():
        titles = [p.title_vi for p in c.pages]
        assert len(set(titles)) == len(titles), name
        for title in titles:
            assert title == unicodedata.normalize("NFC", title).strip()
            assert not title.endswith(".")


def test_links_are_secure_and_nothing_points_outside(courses):
    for path in (ROOT / syllabus.PLACE).glob("*.yml"):
        text = path.read_text("utf-8")
        assert "http://" not in text
        assert not re.search(r"seeds/|/work\b", text)
