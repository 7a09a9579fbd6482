"""A new page in its place: the file, its line in ``_toc.yml``, a module if asked."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from . import syllabus
from .errors import BookError
from .layout import Book
from .skeleton import Wish, page_text
from .store import write_atomic
from .upstream import kept
from .upstream.drift import source
from .upstream.git import GitError

#: Where a long title may end: before these words, after these signs.
PHRASE = re.compile(
    r"[,:;(–—]|\.\s|\s(?=(?:và|với|cho|của|trong|bằng|qua|từ|để|theo|hay)\s)"
)
LONGEST_SLUG = 52
MODULE = re.compile(r"(hocsau|kim)(\.[a-z][a-z0-9_]*)+")
MODULE_TEXT = '''\
"""Một câu: mô-đun này có gì.

Nhà: {id}.
"""

from __future__ import annotations


def double(x):
    """Gấp đôi ``x``: hàm mẫu, thay bằng hàm thật của trang."""
    return 2 * x
'''
TEST_TEXT = '''\
"""{module}: viết phép thử cùng lúc với hàm."""

from {module} import double


def test_double():
    assert double(3) == 6
'''


@dataclass(frozen=True)
class Plan:
    """A page that can be begun: nothing is written yet."""

    root: Path
    doc: str
    text: str
    toc: str  # the whole of _toc.yml, with the page
    line: str  # the one line of it that is new
    modules: dict[Path, str]


def plan(page_id: str, book: Book, wish: Wish | None = None, say=print) -> Plan:
    """The skeleton and its line in ``_toc.yml``; refuses what is there."""
    wish = wish or Wish()
    course, page = _page(page_id, book)
    _absent(page_id, book)
    doc = f"book/{folder(page)}/{page.short}-{slug(page.title_vi)}"
    toc = insert(page, doc, course, book)
    modules = module_files(wish.module, page_id, book) if wish.module else {}
    items = _outline(course, page, book, say) if wish.translate else ()
    line = next(t for t in toc.splitlines() if t.endswith(f"- file: {doc}"))
    return Plan(
        book.root, doc, page_text(course, page, wish, items), toc, line, modules
    )


def create(page_id: str, book: Book, wish: Wish | None = None, say=print) -> list[Path]:
    """Write the skeleton, its line in ``_toc.yml``, and a module if wished."""
    made = plan(page_id, book, wish, say)
    files = {book.path(made.doc): made.text, **made.modules}
    for path, text in files.items():
        write_atomic(path, text)
    write_atomic(book.root / "_toc.yml", made.toc)
    return list(files)


def _page(page_id: str, book: Book):
    courses = syllabus.load(book.root / syllabus.PLACE)
    page = syllabus.find(courses, page_id)
    if page is None:
        raise BookError(
            syllabus.PLACE, 1, "N-ID", f"không có trang nào id {page_id}",
            "xem các id bằng make status",
        )  # fmt: skip
    return courses[page.course], page


def _absent(page_id: str, book: Book) -> None:
    for doc in book.docs:
        if _id_of(doc, book) == page_id:
            raise BookError(
                f"{doc}.md", 1, "N-DUP", f"id {page_id} đã có trang", "sửa trang ấy"
            )


def _outline(course, page, book: Book, say):
    """Structure of the source, kept for the checks; its absence is no obstacle."""
    if not course.translation_licence(page):
        raise BookError(
            f"{syllabus.PLACE}/{course.id}.yml", 1, "N-DICH",
            f"giấy phép của {page.id} không cho dịch", "viết mới: bỏ --translate",
        )  # fmt: skip
    what = source(course, page)
    if not (what.repository and what.paths and what.commit):
        return ()
    try:
        return kept.fetch(book, page.id, what).items
    except GitError as exc:
        say(f"Không lấy được dàn ý của bản gốc ({exc}): khi có mạng chạy make outline.")
        return ()


def module_files(name: str, page_id: str, book: Book) -> dict[Path, str]:
    """A module and its test, where the library keeps such files."""
    if not MODULE.fullmatch(name):
        raise BookError(
            "code", 1, "N-MODULE", f"tên mô-đun lạ: {name}", "ví dụ hocsau.conv1d"
        )
    top, *between, last = name.split(".")
    path = book.code / top / Path(*between, f"{last}.py")
    if path.exists() or path.with_suffix("").exists():
        raise BookError(
            book.show(path), 1, "N-MODULE", f"{name} đã có", "chọn tên khác"
        )
    place = (
        book.root / "tests/library" / (Path("kim", *between) if top == "kim" else "")
    )
    return {
        path: MODULE_TEXT.format(id=page_id),
        place / f"test_{last}.py": TEST_TEXT.format(module=name),
    }


def person(root: Path) -> str:
    """Who writes, as git knows them."""
    git = ["git", "-C", str(root), "config", "user.name"]
    try:
        done = subprocess.run(git, capture_output=True, text=True, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def wish_of(root: Path, **said) -> Wish:
    """A wish with the name that git knows, else the placeholder."""
    name = person(root)
    return replace(Wish(**said), **({"name": name} if name else {}))


def folder(page: syllabus.Page) -> str:
    """``nyu/tuan-04`` for a course by weeks, else the course's folder."""
    if page.course == "nyu" and page.week:
        return f"nyu/tuan-{page.week:02d}"
    return page.course


def slug(title: str) -> str:
    """``Tích chập một chiều`` → ``tich-chap-mot-chieu``; it ends at a phrase."""
    name = ""
    for phrase in PHRASE.split(title):
        bare = unicodedata.normalize("NFD", phrase.lower().replace("đ", "d"))
        bare = "".join(c for c in bare if not unicodedata.combining(c))
        longer = "-".join([*filter(None, [name]), *re.findall(r"[a-z0-9]+", bare)])
        if name and len(longer) > LONGEST_SLUG:
            break
        name = longer
    return name


def insert(page: syllabus.Page, doc: str, course: syllabus.Course, book: Book) -> str:
    """``_toc.yml`` with the page among its course's, in the course's order."""
    order = [p.id for p in course.pages]
    lines = (book.root / "_toc.yml").read_text("utf-8").splitlines()
    home, indent = _home(lines, course.id)
    if home + 1 >= len(lines) or lines[home + 1].strip() != "sections:":
        lines.insert(home + 1, f"{indent}sections:")
    at, item = home + 2, _items(lines[home + 2 :], indent)
    while at < len(lines) and re.match(rf"{item}[- ] ", lines[at]):
        entry = re.match(rf"{item}- file:\s*(\S+)", lines[at])
        other = _id_of(entry[1], book) if entry else ""
        if other in order and order.index(other) > order.index(page.id):
            break
        at += 1
    lines.insert(at, f"{item}- file: {doc}")
    return "\n".join(lines) + "\n"


def _items(lines: list[str], indent: str) -> str:
    """Indent of the entries under ``sections:``; YAML allows the key's own."""
    first = next((line for line in lines if line.strip()), "")
    return indent if first.startswith(f"{indent}- ") else f"{indent}  "


def _home(lines: list[str], course: str) -> tuple[int, str]:
    """Line of the course's own page, and the indent of what belongs to it."""
    for number, line in enumerate(lines):
        if line.strip() == f"- file: book/{course}/index":
            return number, " " * (len(line) - len(line.lstrip()) + 2)
    raise BookError(
        "_toc.yml", 1, "N-TOC", f"không thấy dòng - file: book/{course}/index",
        "thêm trang khóa học",
    )  # fmt: skip


def _id_of(doc: str, book: Book) -> str:
    path = book.path(doc.removesuffix(".md"))
    text = path.read_text("utf-8") if path.exists() else ""
    match = re.search(r"^  id:\s*[\"']?([^\s\"'#]+)", text, re.M)
    return match[1] if match else ""
