"""Rules on words: the glossary decides, running text obeys."""

from __future__ import annotations

import re

from .. import glossary
from .lexicon import Lexicon
from .page import GAP, Page
from .rule import Source, rule

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
#: The text of a link is often a title.
LINKED = re.compile(r"\[[^\]\n]*\]")
#: A row of a table, or a line in bold: no running text.
TITLE = re.compile(r"\||\*\*[^*]+\*\*\s*$")
#: An English word and an open bracket, just before a gloss.
OPENED = re.compile(r"[A-Za-z]\*{0,3} \($")
GLOSS = re.compile(r"\(\*([A-Za-z][^*\n]+)\*|– \*([a-z][^*\n]+)\*")
HEAD_GLOSS = re.compile(r"\(\s*\*?[A-Za-z][A-Za-z -]*\*?\s*(?:,[^)]*)?\)|\*")


def page(text: str) -> dict[str, str]:
    """A small book of one page and a glossary."""
    return {"book/a.md": f"# Trang\n\n{text}\n", glossary.PLACE: ROWS}


def refused(source: Source) -> tuple[Lexicon, set[str]]:
    """Every refused rendering, and those that may gloss a kept English word."""
    words, glosses = {w.casefold(): right for w, right in ALWAYS.items()}, set()
    for term in source.terms:
        for wrong in term.forbidden:
            words[wrong.casefold()] = term.shown
            if term.keep_english:
                glosses.add(wrong.casefold())
    return Lexicon(words), glosses


@rule(
    "V01",
    title="không dùng từ mà bảng thuật ngữ đã loại",
    why="một khái niệm một từ; từ bị loại thường là lỗi dịch máy",
    fix="dùng từ của sách (book/phu-luc/glossary.csv); nghĩa khác thì ghi bo-qua",
    good=page("Huấn luyện mạng có *bias* (hệ số điều chỉnh)."),
    bad=page("Đào tạo mạng."),
)
def refused_words(page: Page, source: Source):
    lexicon, glosses = source.memo(("refused",), lambda: refused(source))
    text = page.spoken.text
    for match, right in lexicon.find(lowered(text), page):
        at = match.start()
        glossed = " ".join(match[0].split()).casefold() in glosses
        if glossed and OPENED.search(text, max(0, at - 20), at):
            continue  # the gloss of a kept English word
        said = text[at : match.end()]
        yield page.spoken.line(at), f"«{said}»: sách viết «{right}»"


def lowered(text: str) -> str:
    """Lower case of the same length."""
    low = text.lower()
    return low if len(low) == len(text) else text


@rule(
    "V02",
    title="tiêu đề không chua tiếng Anh",
    why="tiêu đề hiện ở mục lục và trong tìm kiếm; tiếng Anh chua ở câu văn đầu tiên",
    fix="bỏ phần tiếng Anh khỏi tiêu đề",
    good=page("## Lan truyền ngược\n\nLan truyền ngược (*backpropagation*)."),
    bad=page("## Lan truyền ngược (*backpropagation*)"),
)
def plain_headings(page: Page, source: Source):
    lexicon = source.memo(("english",), lambda: Lexicon.translated(source.terms))
    for one in page.headings:
        if match := HEAD_GLOSS.search(re.sub(r"`[^`]*`|\$[^$]*\$", "", one.title)):
            yield one.line, f"tiêu đề có «{match[0]}»"
    titles = "\n".join(h.title for h in page.headings)
    for match, right in lexicon.find(titles, page):
        line = page.headings[titles.count("\n", 0, match.start())].line
        yield line, f"tiêu đề có tiếng Anh «{match[0]}»: viết «{right}»"


@rule(
    "V03",
    title="lời văn dùng từ tiếng Việt khi bảng thuật ngữ có",
    why="lẫn hai thứ tiếng thì câu khó đọc và khó tìm",
    fix="viết từ tiếng Việt; lần đầu chua tiếng Anh trong ngoặc, in nghiêng",
    good=page("Tốc độ học (*learning rate*) quyết định độ dài bước."),
    bad=page("Hãy giảm learning rate."),
)
def vietnamese_words(page: Page, source: Source):
    lexicon = source.memo(("english",), lambda: Lexicon.translated(source.terms))
    text = ASIDE.sub(lambda m: GAP * len(m[0]), page.prose.text)
    for match, right in lexicon.find(text, page):
        line = page.prose.line(match.start())
        if page.scan.kinds[line - 1] != "#":
            yield line, f"«{match[0]}»: sách viết «{right}»"


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


def plurals(source: Source) -> Lexicon:
    """English plurals of the words that this book keeps in English."""
    names = {n for t in source.terms if t.keep_english for n in (t.name, t.shown)}
    names = {n for n in names if len(n) > 2 and n.isascii() and n[-1].isalpha()}
    return Lexicon({p: n for n in names if (p := plural(n)) not in names})


def plural(name: str) -> str:
    """``batch`` → ``batches``, ``policy`` → ``policies``, ``RNN`` → ``RNNs``."""
    if re.search("[^aeiou]y$", name):
        return name[:-1] + "ies"
    return name + ("es" if re.search("(?:[sxz]|[cs]h)$", name) else "s")


@rule(
    "V06",
    title="từ tiếng Anh giữ lại không thêm s",
    why="tiếng Việt nói số nhiều bằng các, những, hai; chữ s thừa thành từ thứ hai",
    fix="bỏ s (hay es) ở cuối từ",
    good=page("Hai *bias*; các bias; chua *biases*."),
    bad=page("Hai biases và các bias."),
)
def no_plurals(page: Page, source: Source):
    lexicon = source.memo(("plurals",), lambda: plurals(source))
    text = ASIDE.sub(lambda m: GAP * len(m[0]), page.prose.text)
    # As written: «Transformers» with a capital is the name of a library.
    for match, right in lexicon.find(text, page):
        yield page.prose.line(match.start()), f"«{match[0]}»: viết «{right}»"


def spelled(source: Source) -> tuple[dict[str, str], list[str]]:
    """Translated terms of two words or more by their English, and every term."""
    ours = {
        t.name.casefold(): t.vietnamese.lower() for t in source.terms
        if not t.keep_english and " " in t.vietnamese and "(" not in t.vietnamese
    }  # fmt: skip
    return ours, [t.vietnamese.lower() for t in source.terms]


@rule(
    "V07",
    title="chua tiếng Anh ở lần dùng đầu trong thân bài",
    why="người đọc gặp từ mới lúc nào thì cần tên tiếng Anh của nó lúc ấy",
    fix="dời phần (*tiếng Anh*) lên lần dùng đầu; phần mở đầu, mục tiêu, tiêu đề và "
    "bảng không tính",
    good=page("Tốc độ học (*learning rate*) nhỏ.\nGiảm tốc độ học."),
    bad=page("Giảm tốc độ học.\nTốc độ học (*learning rate*) nhỏ."),
)
def glossed_first(page: Page, source: Source):
    ours, everything = source.memo(("spelled",), lambda: spelled(source))
    late: dict[str, int] = {}
    for line, match in page.prose.find(GLOSS):
        name = (match[1] or match[2]).casefold()
        if name in ours:
            late.setdefault(ours[name], line)
    if not late:
        return
    goals = page.section("Mục tiêu")
    start = goals.end if goals else 0
    shown = LINKED.sub(lambda m: GAP * len(m[0]), lowered(page.prose.text))
    longer = [t for t in everything if any(one in t for one in late)]
    for match, term in Lexicon({t: t for t in late}, longer).find(shown, page):
        line = page.prose.line(match.start())
        title = TITLE.match(page.lines[line - 1]) or page.scan.kinds[line - 1] != "p"
        if line >= start and not title and line < late.pop(term, 0):
            yield line, f"«{term}» dùng ở đây, mà sau mới chua tiếng Anh"


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
