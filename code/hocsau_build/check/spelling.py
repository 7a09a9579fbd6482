"""Rules on spelling: place of tone marks, y and i, real syllables."""

from __future__ import annotations

import re
import unicodedata

from .page import WORD, Page
from .rule import rule
from .syllable import repairs, slip

LETTER = "[^\\W\\d_]"
#: The newer placement, ``hoá``; ``quý`` is exempt because its u belongs to the onset.
TONE_STYLE = re.compile(
    f"(?<!q)(?:[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?!{LETTER})"
)
#: Written with i elsewhere, with y in this book.
SHORT_I = re.compile(
    f"(?<!{LETTER})(?:[lL]í|[kK][íìĩỉ]|[mM]ĩ|[qQ]u[iíìỉĩị]|[tT]ỉ(?! (?:mỉ|tê)))"
    f"(?!{LETTER})"
)
LONG_Y = str.maketrans("iíìỉĩị", "yýỳỷỹỵ")
VOWELS = re.compile("[aăâeêioôơuưyáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ]{1,2}$", re.IGNORECASE)
#: Loanwords in one piece: rule V01 speaks of those this book writes otherwise.
LOANS = {
    "nơron",
    "vectơ",
    "tenxơ",
    "micrô",
    "mômen",
    "môđun",
    "zíc",
    "zích",
    "zắc",
    "đ",
}


def _moved(match: re.Match) -> str:
    """``oá`` → ``óa``: the tone goes to the first vowel."""
    first, second = match[0]
    base, tone = unicodedata.normalize("NFD", second)
    return unicodedata.normalize("NFC", first + tone) + base


def mend_tone(line: str) -> str:
    """The line with every tone in the older place."""
    return TONE_STYLE.sub(_moved, line)


def mend_short_i(line: str) -> str:
    """The line with y where this book writes y."""
    return SHORT_I.sub(lambda m: m[0][:-1] + m[0][-1].translate(LONG_Y), line)


@rule(
    "C04",
    title="dấu thanh đặt kiểu cũ: hóa, khỏe, tùy",
    why="cùng một chữ hai cách viết thì tìm kiếm hụt và trang trông cẩu thả",
    fix="chạy make check FIX=1, hoặc dời dấu sang nguyên âm trước",
    good="# Trang\n\nChuẩn hóa dữ liệu quý, tùy bài, cho khỏe.\n",
    bad="# Trang\n\nChuẩn hoá dữ liệu.\n",
    mend=mend_tone,
)
def tone_style(page: Page):
    wrong = {w for w in page.words if not w.isascii() and TONE_STYLE.search(w)}
    for line, word in _where(page, wrong):
        yield line, f"«{word}» viết là «{mend_tone(word)}»"


@rule(
    "C05",
    title="viết y: kỹ thuật, lý thuyết, ký hiệu, kỳ vọng, hồi quy, tỷ lệ",
    why="cả sách một cách viết, theo đa số tài liệu học máy tiếng Việt",
    fix="chạy make check FIX=1, hoặc đổi i thành y",
    good="# Trang\n\nLý thuyết, kỹ thuật, tỷ lệ, hồi quy; làm tỉ mỉ; bác sĩ.\n",
    bad="# Trang\n\nLí thuyết.\n",
    mend=mend_short_i,
)
def short_i(page: Page):
    if any(SHORT_I.fullmatch(word) for word in page.words):
        for line, match in page.spoken.find(SHORT_I):
            yield line, f"«{match[0]}» viết là «{mend_short_i(match[0])}»"


@rule(
    "C06",
    title="chữ có dấu phải là âm tiết tiếng Việt",
    why="gõ trượt một dấu là thành chữ không ai đọc được",
    fix="gõ lại chữ ấy; nếu là tên riêng hay tiếng nước ngoài thì ghi bo-qua",
    good="# Trang\n\nĐạo hàm ngược, nơ-ron, mô-đun; Poincaré và Hölder.\n",
    bad="# Trang\n\nLan truyền nguợc.\n",
)
def syllables(page: Page):
    # A capital may tell a name: ask of the words as they are written.
    written = {w for w in WORD.findall(page.spoken.text) if not w.isascii()}
    wrong = {
        w.lower() for w in written
        if slip(w) and not VOWELS.match(w) and w.lower() not in LOANS
    }  # fmt: skip
    for line, word in _where(page, wrong):
        if not slip(word):
            continue
        near = " hay ".join(f"«{w}»" for w in repairs(word))
        yield (
            line,
            f"không có âm tiết «{word}»" + (f"; có phải {near}?" if near else ""),
        )


def _where(page: Page, wrong: set[str]):
    """Line of each use of these words (in lower case), and the word as written."""
    for line, match in page.spoken.find(WORD) if wrong else ():
        if match[0].lower() in wrong:
            yield line, match[0]
