"""A new page: in its place, in its order, and it builds at once."""

import pytest

from hocsau_build import check, execute
from hocsau_build.__main__ import main
from hocsau_build.errors import BookError
from hocsau_build.scaffold import create, slug

SYLLABUS = """\
course: nyu
title_en: NYU
title_vi: NYU
site: https://example.org
pages:
"""
PAGE = """\
- {{id: nyu/{n}, kind: lecture, title_en: T, title_vi: "Đạo hàm số {n}", week: {w},
   topics: [một, hai], source: {{path: a.md, commit: "3049c832"}}}}
"""


@pytest.fixture
def book(mini):
    pages = "".join(PAGE.format(n=n, w=int(n[:2])) for n in ("01-1", "02-1", "03-1"))
    mini.file("book/_syllabus/nyu.yml", SYLLABUS + pages)
    mini.page("nyu/index", prose="# NYU\n")
    mini.file("book/nyu/index.md", "# NYU\n")
    return mini


def test_pages_take_their_course_s_order(book):
    for name in ("nyu/03-1", "nyu/01-1", "nyu/02-1"):
        create(name, book.book)
    assert [d.rsplit("/", 1)[-1][:4] for d in book.book.toc[2:]] == [
        "01-1", "02-1", "03-1",
    ]  # fmt: skip
    assert (book.root / "book/nyu/tuan-02/02-1-dao-ham-so-02-1.md").exists()


def test_skeleton_passes_the_rules_and_runs(book):
    create("nyu/02-1", book.book)
    assert check.structural(book.book) == []
    assert execute.execute(book.book, say=lambda _: None) == []
    text = (book.root / "book/nyu/tuan-02/02-1-dao-ham-so-02-1.md").read_text("utf-8")
    assert "% topic: 2" in text and 'commit: "3049c832"' in text


def test_unknown_id_and_existing_page_are_refused(book, capsys):
    with pytest.raises(BookError, match="nyu/99-9"):
        create("nyu/99-9", book.book)
    assert main(["new", "nyu/01-1"]) == 0
    before = (book.root / "_toc.yml").read_text()
    assert main(["new", "nyu/01-1"]) == 1
    assert "đã có trang" in capsys.readouterr().err
    assert (book.root / "_toc.yml").read_text() == before


def test_slug_is_ascii():
    assert slug("Tích chập một chiều: Đ và ư") == "tich-chap-mot-chieu-d-va-u"
