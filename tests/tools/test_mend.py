"""``--fix`` changes words only: what it may not decide, it names and leaves."""

from __future__ import annotations

import pytest

from hocsau_build import check
from hocsau_build.__main__ import main

NARROW = "\u202f"


def cell(source, head=""):
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


def mended(mini, prose, *cells):
    """The page after ``--fix``, without its head and title; rules that still speak."""
    mini.page("p", *cells, prose=prose)
    main(["check", "--fix"])
    text = (mini.root / "book/p.md").read_text("utf-8")
    return text.split("# Trang p\n\n")[1], {p.rule for p in check.problems(mini.book)}


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Bước 0,125 là nhỏ.", {"C13"}),
        ("Điểm ảnh thuộc [0,255].", {"C13"}),
        ("Kích thước (1,200) là lớn.", {"C13"}),
        ("Có 60,000 ảnh.", {"C13"}),
        ("Số pi là 3,14.", {"C13"}),
        ("Đúng 97,5% số ảnh.", {"C13"}),
        ("Các tầng 1,2,3.", {"C13"}),
        ("Các tầng rộng 64 128 256 nút.", set()),
        ("Dãy 0,125,250.", {"C13"}),
        ("Đi từ (0, 255), qua 0.125, `f(1,200)`, $10,000$ và 1.544.", set()),
    ],
)
def test_a_number_that_can_be_read_two_ways_is_left_to_its_author(mini, written, left):
    assert mended(mini, f"{written}\n\n") == (f"{written}\n\n", left)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("1,200,000", f"1{NARROW}200{NARROW}000"),
        ("1.234.567", f"1{NARROW}234{NARROW}567"),
        ("60 000", f"60{NARROW}000"),
    ],
)
def test_thousands_that_can_be_nothing_else_are_mended(mini, written, right):
    text, left = mended(mini, f"Có {written} ảnh, `f({written})`, ${written}$.\n\n")
    assert text == f"Có {right} ảnh, `f({written})`, ${written}$.\n\n" and not left


def test_words_are_mended_and_code_is_not(mini):
    prose = (
        "(muc-hoá)=\n## Lí do\n\n"
        "Lí do `kĩ_thuật`, $\\text{lí}$ và [lí lẽ](hoá.md), {ref}`lí do <muc-hoá>`.\n\n"
    )
    source = (
        'd = {"lí": 1}  # lí do\n# lí lẽ\nt = """\n# lí sự\n"""\n'
        'open("hoá.csv")  # hoá học'
    )
    mini.file("book/hoá.md", "# Hóa\n")
    text, _ = mended(mini, prose, cell(source))
    assert text == (
        "(muc-hoá)=\n## Lý do\n\n"
        "Lý do `kĩ_thuật`, $\\text{lí}$ và [lý lẽ](hoá.md), {ref}`lí do <muc-hoá>`.\n\n"
        + cell(
            'd = {"lí": 1}  # lý do\n# lý lẽ\nt = """\n# lí sự\n"""\n'
            'open("hoá.csv")  # hóa học'
        )
    )


def test_captions_are_mended_and_names_are_not(mini):
    head = (
        "---\nmystnb:\n  figure:\n    name: fig-hoá\n    caption: |\n"
        "      Lí do. Hãy để ý chỗ hoá giải, `kĩ`.\n  image:\n    alt: Lí lẽ\n---\n"
    )
    text, _ = mended(mini, "Xem hình.\n\n", cell("1", head))
    right = head.replace("Lí", "Lý").replace("hoá giải", "hóa giải")
    assert text == "Xem hình.\n\n" + cell("1", right)


def test_a_title_behind_its_directive_is_mended(mini):
    prose = ":::{admonition} Lí do và `kĩ`\n:class: note\nThế.\n:::\n\n"
    text, left = mended(mini, prose)
    assert text == prose.replace("Lí do", "Lý do") and not left


def test_what_a_cell_holds_is_still_named(mini):
    text, left = mended(mini, "Lời.\n\n", cell('print("lí do")'))
    assert 'print("lí do")' in text and left == {"C05"}
