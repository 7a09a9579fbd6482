"""New pages of every kind build at once, warnings as errors; what a reader sees of
their origin; where a contributor's links lead."""

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
import yaml

from hocsau_build import check
from hocsau_build.layout import Book
from hocsau_build.scaffold import create
from hocsau_build.skeleton import Wish
from hocsau_build.upstream import survey

ROOT = Path(__file__).resolve().parents[2]
MINI = ROOT / "tests/tools/mini_site"
#: A lecture, a project, labs, a guest lecture, a page without an upstream commit.
IDS = ("nyu/02-1", "nm/17", "mit/lab3", "mit/l7-2026", "dlsys/09")
COURSES = ("nhap-mon", "mit", "dlsys")


def book_with_new_pages(home: Path) -> Book:
    shutil.copytree(MINI, home)
    shutil.copy(ROOT / "_config.yml", home)
    shutil.copytree(ROOT / "book/_syllabus", home / "book/_syllabus")
    shutil.copytree(ROOT / ".github", home / ".github")
    for name in ("_static", "_templates"):
        (home / "book" / name).symlink_to(ROOT / "book" / name)
    (home / "code").symlink_to(ROOT / "code")
    toc = yaml.safe_load((home / "_toc.yml").read_text("utf-8"))
    for name in COURSES:
        path = home / f"book/{name}/index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# Khóa {name}\n\n```{{progress-matrix}} nyu\n```\n", "utf-8")
        toc["parts"].append(
            {"caption": name, "chapters": [{"file": f"book/{name}/index"}]}
        )
    (home / "_toc.yml").write_text(yaml.safe_dump(toc, sort_keys=False), "utf-8")
    return Book(home)


def moved(book: Book) -> None:
    """As the scheduled workflow would have written it: the source of one page moved."""
    link = "https://github.com/Atcold/NYU-DLSP20/compare/3049c832...abc#diff-1"
    file = {"path": "docs/en/week02/02-1.md", "added": 3, "deleted": 1,
            "lines": ["40–44"], "gone": False, "link": link}  # fmt: skip
    page = {"base": "3049c832", "head": "abc", "date": "2026-11-20",
            "repository": "https://github.com/x/y", "files": [file]}  # fmt: skip
    data = {"checked": "2026-11-21", "pages": {"nyu/02-1": page}}
    (book.root / survey.PLACE).write_text(json.dumps(data), "utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory, build_book):
    home = tmp_path_factory.mktemp("new") / "book"
    book = book_with_new_pages(home)
    upstream = home.parent / "xa/NYU-DLSP20"
    upstream.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", str(upstream)], check=True)
    with pytest.MonkeyPatch.context() as patch:  # no page waits for the network
        patch.setenv("HOCSAU_UPSTREAM", str(upstream.parent))
        for page_id in IDS:
            create(page_id, Book(home), Wish(name="Lan"))
        create("nyu/04-1", Book(home), Wish(name="Lan Anh", translate=True))
        moved(book)
        assert check.structural(Book(home)) == []
        done = build_book(home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr
    return book.html


def strip(site: Path, page: str) -> str:
    (path,) = site.rglob(page)
    html = path.read_text("utf-8")
    return html.partition("</h1>")[2].partition("</aside>")[0]


def text_of(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))


def test_every_kind_of_page_is_there(site):
    for name in ("02-1-", "04-1-", "17-", "lab3-", "l7-2026-", "09-"):
        assert list(site.rglob(f"{name}*.html")), name


def test_a_translation_shows_its_source_people_and_licence(site):
    html = strip(site, "04-1-*.html")
    shown = text_of(html)
    for said in (
        "Bản dịch của Linear Algebra and Convolutions", "Alfredo Canziani",
        "NYU DS-GA 1008", "bản 3049c832", "Người dịch: Lan Anh", "CC BY-NC-SA 4.0",
        "có sửa đổi",
    ):  # fmt: skip
        assert said in shown
    assert "/blob/3049c832/docs/en/week04/04-1.md" in html
    assert "by-nc-sa/4.0" in html


def test_a_page_whose_source_moved_says_where(site):
    html = strip(site, "02-1-*.html")
    shown = text_of(html)
    assert "Bài gốc đã đổi từ khi trang này được viết:" in shown
    assert "docs/en/week02/02-1.md: +3 −1 dòng, dòng 40–44" in shown
    assert "compare/3049c832...abc#diff-1" in html
    assert "Bài gốc đã đổi" not in strip(site, "09-*.html")


def test_the_matrix_shows_it_and_absent_pages_can_be_claimed(site):
    html = (site / "book/mit/index.html").read_text("utf-8")
    tile = re.search(r'<a class="hp-tile[^>]*nyu/02-1,[^>]*>(.*?)</a>', html)
    assert "gốc đã đổi" in text_of(tile[1]) and "Khung" in text_of(tile[1])
    claim = re.search(r'<a class="hp-tile hp-absent"[^>]*href="([^"]*)"', html)
    assert "template=nhan-trang.yml" in claim[1] and "page=nyu" in claim[1]


def test_report_and_edit_links_lead_to_the_forms(site):
    html = strip(site, "02-1-*.html")
    (report,) = re.findall(r'href="([^"]*)">Báo lỗi', html)
    assert "issues/new?template=loi-trang.yml" in report and "page=https" in report
    fields = yaml.safe_load(
        (ROOT / ".github/ISSUE_TEMPLATE/loi-trang.yml").read_text("utf-8")
    )["body"]
    assert "page" in {field["id"] for field in fields}
    assert re.search(
        r'href="[^"]*/edit/main/book/nyu/tuan-02/02-1-[^"]*\.md">Sửa', html
    )
