"""Rules on words: the glossary decides, running text obeys."""

from __future__ import annotations

import re

from .. import glossary
from .page import GAP, Page
from .rule import Source, rule
from .syllable import legal

HEADER = ",".join(glossary.COLUMNS) + "\n"
ROWS = HEADER + (
    "training,huấn luyện,no,!đào tạo,,,\n"
    "bias (parameter),hệ số điều chỉnh,yes,!hệ số điều chỉnh,,,\n"
    "learning rate,tốc độ học,no,,,,\n"
)
#: Refused whatever the glossary says: not terms, or one sense of a common word.
ALWAYS = {
    "biễu diễn": "biểu diễn",
    "thí dụ": "ví dụ",
    "et al.": "và cộng sự",
    "mô hình máy học": "mô hình học máy",
    "thuật toán máy học": "thuật toán học máy",
    "ngành máy học": "ngành học máy",
    "không gian chiều cao": "không gian nhiều chiều",
    "dữ liệu chiều cao": "dữ liệu nhiều chiều",
}
#: What is not running text: italics, brackets, quotes, link texts.
ASIDE = re.compile(
    r"\*{1,3}[^*\n]+\*{1,3}|\([^()\n]*\)|\[[^\]\n]*\]|\"[^\"\n]*\"|(?<![\w])_[^_\n]+_(?!\w)"
)
#: An English word and an open bracket, just before a gloss.
OPENED = re.compile(r"[A-Za-z]\*{0,3} \($")
GLOSS = re.compile(r"\(\*([A-Za-z][^*\n]+)\*|– \*([a-z][^*\n]+)\*")
HEAD_GLOSS = re.compile(r"\(\s*\*?[A-Za-z][A-Za-z -]*\*?\s*(?:,[^)]*)?\)|\*")


def page(text: str) -> dict[str, str]:
    """A small book of one page and a glossary."""
    return {"book/a.md": f"# Trang\n\n{text}\n", glossary.PLACE: ROWS}


def refused(source: Source) -> tuple[re.Pattern, dict[str, tuple[str, bool]]]:
    """One pattern for every refused rendering; each with the right word and its use."""
    words = {wrong.casefold(): (right, False) for wrong, right in ALWAYS.items()}
    for term in source.terms:
        for wrong in term.forbidden:
            words[wrong.casefold()] = (term.shown, term.keep_english)
    return _pattern(words), words


def _pattern(words) -> re.Pattern:
    longest = sorted(words, key=len, reverse=True)
    choice = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in longest)
    return re.compile(rf"(?<![\w-])(?:{choice})(?![\w-])", re.IGNORECASE)


@rule(
    "V01",
    title="không dùng từ mà bảng thuật ngữ đã loại",
    why="một khái niệm một từ; từ bị loại thường là lỗi dịch máy",
    fix="dùng từ của sách (book/phu-luc/glossary.csv); nghĩa khác thì ghi bo-qua",
    good=page("Huấn luyện mạng có *bias* (hệ số điều chỉnh)."),
    bad=page("Đào tạo mạng."),
)
def refused_words(page: Page, source: Source):
    pattern, words = source.memo(("refused",), lambda: refused(source))
    text = page.spoken.text
    for line, match in page.spoken.find(pattern):
        right, kept = words[" ".join(match[0].split()).casefold()]
        if kept and OPENED.search(text, max(0, match.start() - 20), match.start()):
            continue  # the gloss of a kept English word
        yield line, f"«{match[0]}»: sách viết «{right}»"


@rule(
    "V02",
    title="tiêu đề không chua tiếng Anh",
    why="tiêu đề hiện ở mục lục và trong tìm kiếm; tiếng Anh chua ở câu văn đầu tiên",
    fix="bỏ phần tiếng Anh khỏi tiêu đề",
    good=page("## Lan truyền ngược\n\nLan truyền ngược (*backpropagation*)."),
    bad=page("## Lan truyền ngược (*backpropagation*)"),
)
def plain_headings(page: Page, source: Source):
    english, ours = source.memo(("english",), lambda: translated(source))
    for one in page.headings:
        if match := HEAD_GLOSS.search(re.sub(r"`[^`]*`|\$[^$]*\$", "", one.title)):
            yield one.line, f"tiêu đề có «{match[0]}»"
        for match in english.finditer(one.title) if english else ():
            if match[0].removesuffix("s") in ours or match[0] in ours:
                yield one.line, f"tiêu đề có tiếng Anh «{match[0]}»"


def translated(source: Source) -> tuple[re.Pattern | None, dict[str, str]]:
    """Pattern of English names, kept ones too; and those this book translates."""
    ours, kept = {}, set()
    for term in source.terms:
        name = term.name
        if term.keep_english:
            kept |= {name.casefold(), term.shown.casefold()}
        elif name.isascii() and name[0].islower() and name not in legal():
            ours[name.casefold()] = term.vietnamese
    ours = {n: v for n, v in ours.items() if n not in kept}
    if not ours:
        return None, {}
    names = sorted([*ours, *kept], key=len, reverse=True)
    choice = "|".join(re.escape(n) for n in names)
    return re.compile(rf"(?<![\w/.-])(?:{choice})s?(?![\w/-])"), ours


@rule(
    "V03",
    title="lời văn dùng từ tiếng Việt khi bảng thuật ngữ có",
    why="lẫn hai thứ tiếng thì câu khó đọc và khó tìm",
    fix="viết từ tiếng Việt; lần đầu chua tiếng Anh trong ngoặc, in nghiêng",
    good=page("Tốc độ học (*learning rate*) quyết định độ dài bước."),
    bad=page("Hãy giảm learning rate."),
)
def vietnamese_words(page: Page, source: Source):
    english, ours = source.memo(("english",), lambda: translated(source))
    if english is None:
        return
    text = ASIDE.sub(lambda m: GAP * len(m[0]), page.prose.text)
    for match in english.finditer(text):
        line = page.prose.line(match.start())
        name = match[0] if match[0] in ours else match[0].removesuffix("s")
        if name in ours and page.scan.kinds[line - 1] != "#":
            yield line, f"«{match[0]}»: sách viết «{ours[name]}»"


@rule(
    "V04",
    title="mỗi thuật ngữ chỉ chua tiếng Anh một lần trong trang",
    why="chua lại làm câu nặng thêm mà không cho biết gì mới",
    fix="bỏ ngoặc ở lần sau; từ tiếng Việt đã đủ",
    good=page("Tầng (*layer*) một.\nTầng hai."),
    bad=page("Tầng (*layer*) một.\nTầng (*layer*) hai."),
)
def glossed_once(page: Page):
    seen: dict[str, int] = {}
    for line, match in page.prose.find(GLOSS):
        name = (match[1] or match[2]).casefold()
        if name in seen:
            yield line, f"«{name}» đã chua ở dòng {seen[name]}"
        seen.setdefault(name, line)


@rule(
    "V05",
    title="bảng thuật ngữ phải đúng dạng",
    why="trang Thuật ngữ, chú giải, tìm kiếm và bộ soát cùng đọc tệp này",
    fix="sửa dòng ấy; các cột ở đầu code/hocsau_build/glossary.py",
    good={glossary.PLACE: ROWS},
    bad={glossary.PLACE: ROWS + "loss,mất mát,maybe,,,,\n"},
    scope="book",
)
def rows(source: Source):
    path = source.book.root / glossary.PLACE
    if path.exists():
        for one in glossary.read(path)[1]:
            yield one.path, one.line, f"{one.what} — {one.remedy}"
