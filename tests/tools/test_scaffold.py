"""A new page: in its place, in its order, and it builds at once."""

import shutil
from pathlib import Path

import pytest

from hocsau_build import check, execute, syllabus
from hocsau_build.__main__ import main
from hocsau_build.errors import BookError
from hocsau_build.layout import Book
from hocsau_build.pages import chapters
from hocsau_build.scaffold import LONGEST_SLUG, create, slug
from hocsau_build.skeleton import Wish, groups

ROOT = Path(__file__).resolve().parents[2]

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


def test_the_skeleton_follows_the_standard_and_says_what_is_missing(book):
    (path,) = create("nyu/02-1", book.book, Wish(name="Lan"))
    text = path.read_text("utf-8")
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert heads == [
        "# Đạo hàm số 02-1", "## Mục tiêu", "## Phần 1", "## Lỗi thường gặp",
        "## Tóm tắt", "## Bài tập", "## Tự kiểm tra", "## Đọc thêm",
    ]  # fmt: skip
    assert 'authors: ["Lan"]' in text and "origin: original" in text
    missing = [
        p for p in check.everything(book.book, {"K01"}) if p.path.endswith(path.name)
    ]
    assert len(missing) == text.count("% viết:") > 8
    assert all(p.line and "còn phải viết:" in p.what for p in missing)


def test_a_written_page_must_drop_its_state_and_placeholder_name(book):
    (path,) = create("nyu/02-1", book.book)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith("% viết:")), "utf-8")
    whats = [p.what for p in check.everything(book.book, {"K01"})]
    assert whats == ["trang đã viết xong mà vẫn ghi state: skeleton",
                     "còn phải viết: tên tác giả"]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, []), (1, [1]), (3, [3]), (4, [2, 2]), (9, [3, 3, 3]), (15, [3] * 5)],
)
def test_topics_are_grouped_evenly(count, sizes):
    found = groups(count)
    assert [len(g) for g in found] == sizes
    assert [n for g in found for n in g] == list(range(1, count + 1))


def test_many_topics_make_at_most_six_headings():
    assert len(groups(30)) == 6 and max(map(len, groups(30))) == 5


def test_module_and_test_come_with_the_page_and_run(book):
    page, module, test = create("nyu/02-1", book.book, Wish(module="hocsau.moi"))
    assert module == book.root / "code/hocsau/moi.py"
    assert test == book.root / "tests/library/test_moi.py"
    compile(test.read_text("utf-8"), str(test), "exec")
    assert ":embed: hocsau.moi:double" in page.read_text("utf-8")
    (book.root / "code/hocsau/__init__.py").write_text("")
    assert check.structural(book.book) == []
    with pytest.raises(BookError, match="moi đã có"):
        create("nyu/01-1", book.book, Wish(module="hocsau.moi"))
    with pytest.raises(BookError, match="tên mô-đun lạ"):
        create("nyu/01-1", book.book, Wish(module="../../x"))
    assert len(book.book.toc) == 3  # a refusal leaves nothing behind


def test_a_translation_has_a_place_for_every_part_of_its_source(book, upstream):
    commit = upstream.commit(a_md="## A\n\n$$x$$\n\n### B\n\n![c](c.png)\n")
    path = book.root / "book/_syllabus/nyu.yml"
    text = path.read_text("utf-8").replace("3049c832", commit)
    more = f"repository: {upstream.url}\ntranslate: CC-BY-NC-SA-4.0\npages:"
    path.write_text(text.replace("pages:", more), "utf-8")
    (page,) = create("nyu/02-1", book.book, Wish(name="Lan", translate=True))
    text = page.read_text("utf-8")
    assert 'translators: ["Lan"]' in text and "license: CC-BY-NC-SA-4.0" in text
    assert "## Phần 1" in text and "### Phần 2" in text
    assert "% viết: công thức ở dòng 3 của bản gốc" in text
    lacks = [p.what for p in check.everything(book.book, {"D01", "D02", "D03", "D04"})]
    assert lacks == ["thiếu công thức ở dòng 3 của bản gốc",
                     "thiếu hình ở dòng 7 của bản gốc"]  # fmt: skip


def test_no_licence_no_translation_no_network_no_obstacle(book, upstream):
    with pytest.raises(BookError, match="không cho dịch"):
        create("nyu/02-1", book.book, Wish(translate=True))
    path = book.root / "book/_syllabus/nyu.yml"
    more = f"repository: {upstream.url}-mat\ntranslate: CC-BY-NC-SA-4.0\npages:"
    path.write_text(path.read_text("utf-8").replace("pages:", more), "utf-8")
    said = []
    create("nyu/02-1", book.book, Wish(translate=True), said.append)
    assert "make outline" in said[0]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The real book, with a skeleton for every page of the maps that is absent."""
    home = tmp_path_factory.mktemp("whole")
    for name in ("_toc.yml", "_config.yml"):
        shutil.copy(ROOT / name, home / name)
    skip = shutil.ignore_patterns("_static", "_templates", "_recordings")
    shutil.copytree(ROOT / "book", home / "book", ignore=skip)
    (home / "code").symlink_to(ROOT / "code")
    written = set(chapters.scan(home, Book(home).docs))
    courses = syllabus.load(home / syllabus.PLACE)
    ids = [p.id for c in courses.values() for p in c.pages if p.id not in written]
    for page_id in ids[::2] + ids[1::2]:  # not in order
        create(page_id, Book(home))
    return home, courses


def test_every_id_of_the_four_courses_has_a_skeleton_in_its_place(whole):
    home, courses = whole
    book = Book(home)
    assert check.structural(book) == []
    written = chapters.scan(home, book.docs)
    for course in courses.values():
        docs = [written[p.id].doc for p in course.pages]
        places = [book.toc.index(doc) for doc in docs]
        assert places == sorted(places)
        assert all(d.startswith(f"book/{course.id}/") for d in docs)


def test_no_skeleton_breaks_a_rule_and_all_say_what_they_lack(whole):
    home, _ = whole
    said = check.everything(Book(home))
    assert [str(p) for p in said if p.level == "error"] == []
    skeletons = {p.path for p in said if p.rule == "K01"}
    assert len(skeletons) == len({d for d in Book(home).docs if is_skeleton(home, d)})


def is_skeleton(home, doc):
    return "\n  state: skeleton\n" in (home / f"{doc}.md").read_text("utf-8")


def test_every_skeleton_is_complete_and_says_it_is_one(whole):
    home, courses = whole
    for doc in Book(home).docs:
        text = (home / f"{doc}.md").read_text("utf-8")
        if not is_skeleton(home, doc):
            continue
        page = chapters.read(doc, text)
        map_page = syllabus.find(courses, page.id)
        topics = range(1, len(map_page.topics) + 1)
        assert chapters.marks(text) == frozenset(topics), page.id
        assert page.state == "skeleton"


def test_slug_is_ascii():
    assert slug("Tích chập một chiều: Đ và ư") == "tich-chap-mot-chieu-d-va-u"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Đại số tuyến tính và tích chập một chiều",
         "dai-so-tuyen-tinh-va-tich-chap-mot-chieu"),
        ("Mạng tích chập tiến hóa ra sao và vì sao phải sâu",
         "mang-tich-chap-tien-hoa-ra-sao-va-vi-sao-phai-sau"),
        ("Ứng dụng: nhận diện ảnh với ResNet, sinh văn bản kiểu GPT",
         "ung-dung-nhan-dien-anh-voi-resnet"),
        ("Học sâu cho xử lý ngôn ngữ tự nhiên II: giải mã và tiền huấn luyện",
         "hoc-sau-cho-xu-ly-ngon-ngu-tu-nhien-ii-giai-ma"),
    ],
)  # fmt: skip
def test_a_long_slug_ends_at_a_phrase(title, name):
    assert slug(title) == name


def test_slugs_of_the_maps_are_short_and_say_something():
    courses = syllabus.load(ROOT / syllabus.PLACE).values()
    titles = [p.title_vi for course in courses for p in course.pages]
    for title in titles:
        least = min(3, len(title.split()))
        assert len(slug(title)) <= LONGEST_SLUG
        assert slug(title).count("-") + 1 >= least, title
