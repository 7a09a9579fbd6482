"""Rules on citations: they exist, and a reader can find the source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .page import Page
from .rule import Source, rule

PLACE = "book/references.bib"
CITED = re.compile(r"\{(?:foot)?cite(?::?\w+)?\}`([^`]+)`")
ENTRY = re.compile(r"^@(\w+)\s*\{\s*([^,\s]+)\s*,", re.MULTILINE)
FINDABLE = re.compile(r"\b(?:doi|url|eprint)\s*=|arxiv|https?://", re.IGNORECASE)
YEAR = re.compile(r"\byear\s*=\s*[{\"]?(\d{4})")
#: Kinds of papers that, from this year on, are all on the net.
PAPERS = {"article", "inproceedings", "conference", "misc", "online", "unpublished"}
SINCE = 2010
OLD = "@article{old1958,\n  title = {A}, year = {1958}\n}\n"
NEW = "@article{new2019,\n  title = {A}, year = {2019}\n}\n"
DOI = NEW.replace("{2019}", "{2019}, doi = {10.1/x}")
SAYS = "# Trang\n\nBài báo {{footcite}}`{}`.\n"


@dataclass(frozen=True)
class Entry:
    """One entry of the bibliography."""

    key: str
    kind: str
    text: str
    line: int


def entries(source: Source) -> dict[str, Entry]:
    """Entries of the bibliography by key."""
    path = source.book.root / PLACE
    text = path.read_text("utf-8") if path.exists() else ""
    matches = list(ENTRY.finditer(text))
    out = {}
    for at, match in enumerate(matches):
        end = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        line = text.count("\n", 0, match.start()) + 1
        kind = match[1].lower()
        out[match[2]] = Entry(match[2], kind, text[match.start() : end], line)
    return out


@rule(
    "L05",
    title="trích dẫn phải có trong book/references.bib",
    why="trích dẫn gãy hiện thành dấu hỏi, người đọc không tra được nguồn",
    fix="thêm mục ấy vào cuối book/references.bib, hoặc sửa khóa",
    good={"book/a.md": SAYS.format("old1958"), PLACE: OLD},
    bad={"book/a.md": SAYS.format("old1959"), PLACE: OLD},
)
def cited(page: Page, source: Source):
    known = source.memo(("bib",), lambda: entries(source))
    found = list(page.written.find(CITED))
    for number, kind in enumerate(page.scan.kinds, 1):
        if kind == "o":
            found += [(number, m) for m in CITED.finditer(page.lines[number - 1])]
    for line, match in found:
        for key in match[1].split(","):
            if key.strip() not in known:
                yield line, f"không có tài liệu {key.strip()}"


@rule(
    "L06",
    title=f"bài báo từ {SINCE} phải có DOI, arXiv hoặc địa chỉ",
    why="người đọc phải mở được nguồn để tự kiểm",
    fix="thêm doi, hoặc note = {arXiv:…}, hoặc url",
    good={"book/a.md": SAYS.format("new2019"), PLACE: DOI},
    bad={"book/a.md": SAYS.format("new2019"), PLACE: NEW},
    scope="book",
)
def findable(source: Source):
    for one in source.memo(("bib",), lambda: entries(source)).values():
        year = YEAR.search(one.text)
        recent = year and int(year[1]) >= SINCE and one.kind in PAPERS
        if recent and not FINDABLE.search(one.text):
            yield PLACE, one.line, f"{one.key} không có DOI, arXiv hay địa chỉ"


@rule(
    "L07",
    title="mỗi mục của references.bib phải đóng đủ ngoặc, mỗi khóa một mục",
    why="một ngoặc thiếu làm mọi trang không dựng được, và lỗi chỉ tới chỗ khác",
    fix="thêm } ở cuối mục ấy, hoặc đổi khóa của mục trùng",
    good={"book/a.md": "# A\n", PLACE: OLD + "\n" + DOI},
    bad={"book/a.md": "# A\n", PLACE: OLD.rstrip("}\n") + "\n\n" + DOI},
    scope="book",
    structural=True,
)
def whole(source: Source):
    path = source.book.root / PLACE
    text = path.read_text("utf-8") if path.exists() else ""
    seen = set()
    for one in source.memo(("bib",), lambda: entries(source)).values():
        if one.text.count("{") != one.text.count("}"):
            yield PLACE, one.line, f"mục {one.key} mở và đóng ngoặc không đều"
    for match in ENTRY.finditer(text):
        if match[2] in seen:
            line = text.count("\n", 0, match.start()) + 1
            yield PLACE, line, f"khóa {match[2]} có hai mục"
        seen.add(match[2])
