"""A newcomer, a fresh clone, CONTRIBUTING alone: a real page with seven mistakes.

The mistakes are of seven kinds: characters, spelling, a term, a dead link, a picture,
embedded code, the head. The machine must name each at its line with what to do, say
so to who only reads the pull request, and find the mended page right and draw it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from hocsau_build import syllabus
from hocsau_build.check.rule import RULES
from hocsau_build.ci import comment, untrusted
from hocsau_build.layout import Book
from hocsau_build.pages import chapters

ROOT = Path(__file__).resolve().parents[2]
ID = "nyu/04-1"
CLEAN = "Không có gì phải sửa"
DATA = Path(__file__).parent / "newcomer"
BODY = (DATA / "body.md").read_text("utf-8")
#: A book of one course that has one page, so that a whole page fits in a test; the
#: real book keeps its tools, its settings and its glossary.
SMALL = {
    "_toc.yml": (DATA / "toc.yml").read_text("utf-8"),
    "book/_syllabus/nyu.yml": (DATA / "nyu.yml").read_text("utf-8"),
    "book/index.md": "# Sách\n\nMột cuốn sách nhỏ.\n",
    "book/nyu/index.md": "# NYU\n\nMột khóa học.\n",
}
KEPT = "thuat-ngu.md"
#: kind of mistake → (rule, pattern of the right text, the wrong one)
MISTAKES = {
    "chữ tổ hợp": ("C01", r"liền nhau\.", unicodedata.normalize("NFD", "liền nhau.")),
    "chính tả": ("C06", r"Mỗi số ra là", "Mỗi số ra lảa"),
    "thuật ngữ": ("V01", r"Huấn luyện chỉ", "Đào tạo chỉ"),
    "liên kết chết": ("L02", r"\(\.\./index\.md\)", "(../muc-luc.md)"),
    "ảnh không chữ thay thế": ("C03", r"!\[[^\]]+\]\(truot", "![](truot"),
    "nhúng hỏng": ("E01", "newcomer:slide", "newcomer:slid"),
    "ngày không nháy": ("H03", r'updated: "([\d-]+)"', r"updated: \1"),
}


def spoil(text: str) -> tuple[str, dict[str, int]]:
    """The page with every mistake, and the line of each."""
    places = {}
    for kind, (_, old, new) in MISTAKES.items():
        match = re.search(old, text)
        places[kind] = text[: match.start()].count("\n") + 1
        text = text[: match.start()] + match.expand(new) + text[match.end() :]
    return text, places


class Newcomer:
    """A clone in a folder of its own, and the commands that CONTRIBUTING names."""

    def __init__(self, home: Path):
        self.home = home
        subprocess.run(["git", "clone", "-q", str(ROOT), str(home)], check=True)
        for name in self._edited():  # what is not committed yet counts too
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, home / name)

    @staticmethod
    def _edited() -> list[str]:
        command = ["git", "-C", str(ROOT), "ls-files", "-z", "-m", "-o"]
        done = subprocess.run(
            [*command, "--exclude-standard"], capture_output=True, text=True, check=True
        )
        return [n for n in done.stdout.split("\0") if n and (ROOT / n).is_file()]

    def run(self, *command: str) -> tuple[int, str]:
        """A command in the clone, away from what this run of the tests was told."""
        env = {
            k: v for k, v in os.environ.items()
            if not k.startswith(("HOCSAU_", "GITHUB_", "MAKE"))
        }  # fmt: skip
        done = subprocess.run(
            command, cwd=self.home, capture_output=True, text=True, timeout=300,
            env={**env, "PYTHONPATH": str(self.home / "code"), "OMP_NUM_THREADS": "1"},
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def make(self, *args: str) -> tuple[int, str]:
        """``make …`` in the environment that runs the tests, which is not remade."""
        return self.run("make", "-o", "env", f"VENV={sys.prefix}", *args)

    def git(self, *args: str) -> str:
        who = ("-c", "user.name=Lan", "-c", "user.email=lan@example.org")
        code, out = self.run("git", *who, *args)
        assert code == 0, out
        return out.strip()

    @property
    def page(self) -> Path:
        (path,) = (self.home / "book/nyu/tuan-04").glob("04-1-*.md")
        return path

    def write(self, text: str) -> None:
        self.page.write_text(text, "utf-8")

    def right(self) -> str:
        """The page as it should be: the skeleton's head, and a whole body."""
        head, title = re.match(
            r"(---\n.*?\n---\n)\n(# [^\n]+\n)", self.skeleton, re.DOTALL
        ).groups()
        head = head.replace("  state: skeleton\n", "")
        return f"{head}\n{title}\n{BODY}"

    def findings(self) -> dict[str, list[tuple[int, str]]]:
        """Rule → lines and remedies, of this page only."""
        _, out = self.make("check")
        shown = re.escape(self.page.relative_to(self.home).as_posix())
        found: dict[str, list] = {}
        for line in out.splitlines():
            if match := re.match(rf"{shown}:(\d+)  (\w+)  .+? — (.+)", line):
                found.setdefault(match[2], []).append((int(match[1]), match[3]))
        return found


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory):
    """In a clone whose book is small, a page that ``make new`` began."""
    person = Newcomer(tmp_path_factory.mktemp("nguoi-moi") / "sach")
    book = person.home / "book"
    for path in [*book.rglob("*.md"), *(book / "_syllabus").glob("*.yml")]:
        if path.name != KEPT and "_static" not in path.parts:
            path.unlink()
    for name, text in SMALL.items():
        (person.home / name).write_text(text, "utf-8")
    person.git("add", "-A")
    person.git("commit", "-qm", "small")
    person.base = person.git("rev-parse", "HEAD")
    code, out = person.make("new", f"ID={ID}", "MODULE=hocsau.live_newcomer")
    assert code == 0, out
    person.skeleton = person.page.read_text("utf-8")
    shutil.copy(DATA / "truot.svg", person.page.parent)
    return person


@pytest.fixture(scope="module")
def writing(newcomer):
    """The skeleton's module replaced by the real one."""
    shutil.copy(DATA / "live_newcomer.py", newcomer.home / "code/hocsau")
    return newcomer


def test_contributing_names_every_command_used_here():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for command in ("make new ID=nyu/04-1", "make check", "make serve", "MODULE="):
        assert command in text


def test_any_absent_page_of_the_real_book_can_be_begun(tmp_path):
    book = Book(ROOT)
    written = chapters.scan(book.root, book.docs)
    courses = syllabus.load(ROOT / syllabus.PLACE).values()
    pages = (page.id for course in courses for page in course.pages)
    absent = next((i for i in pages if i not in written), None)
    if absent is None:
        pytest.skip("sách đã đủ trang")
    person = Newcomer(tmp_path / "sach")
    code, out = person.make("new", f"ID={absent}")
    assert code == 0, out
    path = re.search(r"Đã viết (book/\S+\.md)", out)[1]
    code, out = person.run(sys.executable, "-m", "hocsau_build", "check", path)
    assert code == 0 and "K01" in out and CLEAN in out, out


def test_the_skeleton_says_what_is_still_to_be_written(newcomer):
    newcomer.write(newcomer.skeleton)
    found = newcomer.findings()
    assert len(found["K01"]) == newcomer.skeleton.count("\n% viết:") >= 10
    code, out = newcomer.make("check")
    assert code == 0 and CLEAN in out  # a skeleton only tells


def test_mistakes_of_seven_kinds_are_named_with_their_remedies(writing):
    wrong, places = spoil(writing.right())
    writing.write(wrong)
    found = writing.findings()
    assert set(found) == {rule for rule, *_ in MISTAKES.values()}
    for kind, (rule, *_) in MISTAKES.items():
        ((line, remedy),) = found[rule]
        assert abs(line - places[kind]) <= 1, (kind, line, places[kind])
        assert len(remedy) > 10, kind


def test_the_build_stops_on_what_would_break_it(writing):
    writing.write(spoil(writing.right())[0])
    code, out = writing.make("book")
    assert code != 0 and "Chưa vẽ trang" in out
    for rule, *_ in MISTAKES.values():
        assert (rule in out) == RULES[rule].structural, rule


def test_who_only_reads_the_pull_request_is_told_all_of_them(writing, github):
    writing.write(spoil(writing.right())[0])
    writing.git("add", "-A")
    writing.git("commit", "-qm", "page")
    out = writing.home / "_build/report.json"
    tool = (sys.executable, "-m", "hocsau_build.ci.report", writing.base, str(out))
    assert writing.run(*tool)[0] == 0
    pull = {"number": 7, "labels": [], "head": {"sha": "a" * 40, "repo": None}}
    run = comment.Run(5, good=False, drawn=False)  # what "make book" left behind
    text = comment.body(untrusted.read(out), pull, run)
    assert "tìm thấy 7 điều phải sửa" in text and "chưa dựng được" in text
    assert all(f"  {rule}  " in text for rule, *_ in MISTAKES.values())


def test_mended_the_page_passes_every_rule_and_is_drawn(writing):
    writing.write(writing.right())
    code, out = writing.make("check")
    assert code == 0 and out.splitlines()[-2].startswith(f"{CLEAN}."), out
    code, out = writing.make("book")
    assert code == 0, out
    doc = writing.page.relative_to(writing.home).with_suffix(".html")
    html = (writing.home / "_build/html" / doc).read_text("utf-8")
    assert "vào 16 số, ra 14 số, dùng 3 trọng số" in html  # what the cell printed
    assert "def</span> <span" in html and "slide" in html  # what it embeds


def test_status_then_counts_the_page(writing):
    writing.write(writing.right())
    tool = (sys.executable, "-m", "hocsau_build")
    code, out = writing.run(*tool, "status", "nyu", "--offline")  # asks no network
    (line,) = (text for text in out.splitlines() if text.startswith(f"  {ID} "))
    assert code == 0 and "nháp" in line and "2/2 chủ đề" in line
