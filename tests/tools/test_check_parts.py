"""Under the rules: the quick reader, the syllable model, marks in the glossary."""

import re

import pytest

from hocsau_build import chapter, glossary
from hocsau_build.check import page, scan, syllable
from hocsau_build.check.spelling import mend_short_i, mend_tone
from hocsau_build.layout import Book, find_root

BOOK = Book(find_root())
WORD = re.compile(r"[^\W\d_]+")
#: Renderings that the glossary records as mistakes, and letters it speaks of.
QUOTED = {"nơron", "vectơ"}


@pytest.mark.parametrize("doc", BOOK.docs)
def test_the_quick_reader_sees_the_cells_that_the_build_sees(doc):
    path = BOOK.path(doc)
    slow, quick = chapter.load(path, doc).cells, page.load(path, doc).cells
    assert [(c.source, c.line, c.options) for c in quick] == [
        (c.source, c.line, c.options) for c in slow
    ]


ODD = {
    "nested": "````{admonition} A\n```{code-cell} ipython3\n1\n```\n````\n",
    "in a list": "- a\n\n  ```{code-cell} ipython3\n  1\n  ```\n",
    "unclosed": "```{code-cell} ipython3\n1\n",
    "colon options": "```{code-cell} ipython3\n:tags: [a]\n\nx = 1\n```\n",
    "yaml options": "```{code-cell} ipython3\n---\ntags: [a]\n---\nx = 1\n```\n",
    "shown only": "````\n```{code-cell} ipython3\n1\n```\n````\n",
    "in colons": ":::{note}\n```{code-cell} ipython3\n1\n```\n:::\n",
    "tildes": "~~~\n```{code-cell} ipython3\n1\n```\n~~~\n",
    "comment": "<!--\n```{code-cell} ipython3\n1\n```\n-->\n",
    "block break": "+++\n\n```{code-cell} ipython3\n1\n```\n",
    "empty": "```{code-cell} ipython3\n```\n",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_pages_are_read_as_the_build_reads_them(tmp_path, name):
    path = tmp_path / "p.md"
    path.write_text("# A\n\n" + ODD[name], "utf-8")
    slow, quick = chapter.load(path, "p").cells, page.load(path, "p").cells
    assert [(c.source, c.line, c.options) for c in quick] == [
        (c.source, c.line, c.options) for c in slow
    ]


def test_every_line_of_a_page_has_a_kind():
    text = "---\na: 1\n---\n# A\n\nLời.\n% ghi\n$$\nx\n$$\n"
    text += "```{code-cell} p\n:tags: []\n1\n```\n"
    assert "".join(scan.scan(text).kinds) == "hhh# p%mmmbocb"


def test_prose_has_no_code_no_formula_no_address():
    text = "# A\n\nXem `x_1` và $y$, [đây](b.md) hay {ref}`c`.\n"
    one = page.parse(text, BOOK.root / "p.md", "p.md")
    words = WORD.findall(one.prose.text)
    assert words == ["A", "Xem", "và", "đây", "hay"]
    (line, _) = next(one.prose.find(re.compile("đây")))
    assert line == 3


SLIPS = WORD.findall(
    """
    đaọ nguợc viêc ngừoi thưc nghành quaá đượcc tóan hòan tuyêt truờng đuợc gíup
    khôngg khôgn nhièu hịêu lơp bươc kêt phưong Nguợc qúa ̉
    """
)
FINE = WORD.findall(
    """
    ngoằn ngoèo khuỷu tay giêng giếng gìn giữ quýt quốc quẻ quyển khuya huơ thuở oẳn
    nghiêng uyển yêu yểng ỷ ưu xoong roóc boong kẻng sếp nuốt lướt bướu hươu khoắng
    xuềnh xoàng quều quào tuệch toạc toòng teng Nguyễn Đặng Huỳnh Đắk Lắk Poincaré
    Hölder rôle fête Rényi Fréchet Erdős Schrödinger José café naïve résumé
    """
)


@pytest.mark.parametrize("word", SLIPS)
def test_a_slip_is_no_syllable(word):
    assert syllable.slip(word)


@pytest.mark.parametrize("word", FINE)
def test_rare_syllables_and_foreign_names_are_let_be(word):
    assert not syllable.slip(word)


def test_no_word_of_the_book_or_the_glossary_is_a_slip():
    text = "\n".join(page.load(BOOK.path(d), d).spoken.text for d in BOOK.docs)
    text += "\n" + (BOOK.root / glossary.PLACE).read_text("utf-8")
    words = set(WORD.findall(text)) - QUOTED
    assert [w for w in words if len(w) > 1 and syllable.slip(w)] == []
    assert sum(not w.isascii() for w in words) > 1500


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("đaọ", "đạo"), ("nguợc", "ngược"), ("viêc", "việc"), ("ngừoi", "người")],
)
def test_a_slip_comes_with_what_was_meant(wrong, right):
    assert right in syllable.repairs(wrong)


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("hoá, khoẻ, tuỳ, LOÀ, quý, hoàn", "hóa, khỏe, tùy, LÒA, quý, hoàn"),
        ("thuở, xoáy, Hoá", "thuở, xoáy, Hóa"),
    ],
)
def test_tone_marks_move_to_the_older_place(line, right):
    assert mend_tone(line) == right


def test_y_where_the_book_writes_y():
    line = "Lí thuyết, kĩ thuật, hồi qui, tỉ lệ, tỉ mỉ, kì vọng, bác sĩ, qui"
    right = "Lý thuyết, kỹ thuật, hồi quy, tỷ lệ, tỉ mỉ, kỳ vọng, bác sĩ, quy"
    assert mend_short_i(line) == right


def test_a_refused_rendering_is_marked_in_the_glossary(tmp_path):
    head = ",".join(glossary.COLUMNS)
    row = "bias (parameter),hệ số,yes,độ lệch; !thiên vị; !hệ số,,,"
    path = tmp_path / "g.csv"
    path.write_text(f"{head}\n{row}\n", "utf-8")
    (term,) = glossary.load(path)
    assert term.alternates == ("độ lệch", "thiên vị")
    assert (term.seen, term.refused) == (("độ lệch",), ("thiên vị",))
    assert term.forbidden == ("thiên vị", "hệ số")
