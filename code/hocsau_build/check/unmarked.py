"""Rule on Vietnamese typed without its marks, in whole or in part.

Three signs, each precise: a word that cannot be read without marks and is no English
one; a term of the glossary that has lost some or all of its marks; a run of bare
syllables too many of which are no frequent words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby, product

from .. import glossary
from .lexicon import Lexicon
from .page import GAP, WORD, Page
from .rule import Source, rule
from .syllable import bare, frames, legal
from .terms import ROWS, lowered

#: What is said of words rather than with them.
QUOTED = re.compile(r"\"[^\"\n]*\"|\*{1,3}[^*\n]+\*{1,3}")
ASCII_WORD = re.compile(r"(?<![\w./@#-])[a-z]{3,}(?![\w/@-]|\.\w)")
RUN = re.compile(r"(?<![\w./@#-])[A-Za-z]+(?: [A-Za-z]+){3,}(?![\w/@-]|\.\w)")
LONG, BOUND = 4, 3
#: Two of these make a run English.
ENGLISH = frozenset(
    WORD.findall("the to on at it an be but not in then than them that")
)
#: Without marks they are words of other languages, or parts of names.
FOREIGN = frozenset(
    WORD.findall(
        """
        bach boat chap chat chic chip chit choc chop coach coat diet duet goat guan khat
        lieu mich moat mooc nach phat phot poach poet quat quiet quit quot rich roach
        sich soap suet tech that trap trip trot true
        """
    )
)
#: Cannot be read without marks, though shorter or of a legal shape.
ALSO = {"mot", "neu", "xep", "nhung", "khong", "lech"}
#: Frequent words that carry no mark: they prove nothing, and stand anywhere.
FREE = frozenset(
    WORD.findall(
        """
        a ai anh ba ban bao bay bi bo ca cai cao cha chi chia chim cho chu chung chen
        co coi con cong dai do duy em ga ghi ghim gia gian giao gieo hai han hay he
        hoa hon hy i in khai khe khen kho khi khoe kia la lai lan lang lao len leo lo
        loanh lui mai mang may men minh mong mua na nan nay ngang ngay nghe nghi nhanh
        nhau nho no nung nguy o ong oan phi qua quan quanh quay quen quy ra ranh reo
        ron rung sai sao sau sang se si sinh so soi song sum suy ta tai tan tay than
        thanh thang tham thay theo thi thu thua tia tin to toan tra trang tranh tre
        treo trong trung tung tuy ty u vai van vang vi vo vui xa xanh xe xem xen xoay
        xong xu xung xui y
        """
    )
)


@lru_cache(1)
def unreadable() -> frozenset[str]:
    """Bare spellings that are no syllable as they stand, and no foreign word."""
    found = {w for w in frames() if len(w) > 3 and w not in legal()}
    return frozenset(found - FOREIGN | ALSO)


def stripped(terms) -> dict[str, dict[str, str]]:
    """Terms with marks missing from a syllable that would not stand there bare.

    By such a syllable, wrong form → right form: few of them are on any page.
    """
    rights = {t.vietnamese.lower() for t in terms}
    out: dict[str, dict[str, str]] = {}
    for right in sorted(rights):
        parts = right.split()
        if not 2 <= len(parts) <= 4 or not all(p.isalpha() for p in parts):
            continue
        for chosen in product(*((p, bare(p)) for p in parts)):
            lost = {c for c, p in zip(chosen, parts, strict=True) if c != p} - FREE
            wrong = " ".join(chosen)
            if lost and wrong not in rights:
                out.setdefault(min(lost), {}).setdefault(wrong, right)
    return out


@rule(
    "C07",
    title="chữ tiếng Việt phải có dấu",
    why="chữ mất dấu thường do bộ gõ tắt giữa chừng",
    fix="gõ lại có dấu; nếu là tên riêng trong mã thì đặt trong nháy ngược",
    good={
        "book/a.md": '# Trang\n\nGõ `toc do hoc` hay "toc do hoc" để tìm tốc độ học.\n',
        glossary.PLACE: ROWS,
    },
    bad={
        "book/a.md": "# Trang\n\nGiảm tốc độ hoc, đi từng buoc.\n",
        glossary.PLACE: ROWS,
    },
)
def unmarked(page: Page, source: Source):
    forms = source.memo(("stripped",), lambda: stripped(source.terms))
    text = QUOTED.sub(lambda m: re.sub(r"[^\n]", GAP, m[0]), page.prose.text)
    said: dict[int, dict[str, str]] = {}
    found = [*_terms(text, page, forms), *_runs(text), *_words(text, page)]
    for at, wrong, right in found:
        here = said.setdefault(page.prose.line(at), {})
        if not any(wrong in other for other in here):
            here[wrong] = f"«{wrong}» viết là «{right}»" if right else f"«{wrong}»"
    for line, whats in said.items():
        yield line, "thiếu dấu: " + ", ".join(whats.values())


def _terms(text: str, page: Page, forms: dict[str, dict[str, str]]):
    here = {k: v for word in page.words & forms.keys() for k, v in forms[word].items()}
    for match, right in Lexicon(here).find(lowered(text), page) if here else ():
        said = text[match.start() : match.end()]
        yield match.start(), " ".join(said.split()), right


def _runs(text: str):
    """Runs of bare syllables, with enough words that mean nothing as they stand."""
    for match in RUN.finditer(text):
        words, at = match[0].split(" "), match.start()
        for is_bare, group in groupby(words, lambda w: w.lower() in frames()):
            run = list(group)
            bound = [w for w in run if w.lower() not in FREE]
            english = sum(w.lower() in ENGLISH for w in run) > 1
            if is_bare and len(run) >= LONG and len(bound) >= BOUND and not english:
                yield at, " ".join(run), ""
            at += len(" ".join(run)) + 1


def _words(text: str, page: Page):
    wrong = page.words & unreadable()
    for match in ASCII_WORD.finditer(text) if wrong else ():
        if match[0] in wrong:
            yield match.start(), match[0], ""
