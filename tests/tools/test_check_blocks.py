"""Blocks that stay open or that nothing knows; pictures that say nothing."""

from __future__ import annotations

import pytest
from docutils.parsers.rst.languages import en

from hocsau_build import check
from hocsau_build.check.blocks import KNOWN
from hocsau_build.pages.directives import DIRECTIVES


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


def said(mini, rules, *cells, prose="Lời.\n\n"):
    mini.page("p", *(cells or [cell("1")]), prose=prose)
    return [(p.line, p.what) for p in check.everything(mini.book, set(rules))]


OPEN = [
    (":::{note}\nA\n", 14),
    ("```python\nx\n", 14),
    (":::{tip}\nA\n:::\n\n::::{note}\nB\n:::\n", 18),
    ("````{exercise-start} ★ · A\n:label: ex-a\n````\nĐề.\n", 14),
    ("````{solution-end}\n````\n", 14),
]
SHUT = [
    ":::{note}\nA\n:::\n",
    "::::{admonition} A\n:::{note}\nB\n:::\n::::\n",
    "````\n:::{note}\n````\n",
    ":::{note}\n```python\nx\n```\n:::\n",
    "- a\n\n  ```{note}\n  A\n  ```\n",
]


@pytest.mark.parametrize(("prose", "line"), OPEN)
def test_an_open_block_is_named(mini, prose, line):
    mini.page("p", prose="")
    path = mini.root / "book/p.md"
    path.write_text(path.read_text("utf-8") + prose, "utf-8")
    found = [p.line for p in check.everything(mini.book, {"S08"})]
    assert found == [line]


@pytest.mark.parametrize("prose", SHUT)
def test_a_closed_block_is_let_be(mini, prose):
    assert said(mini, {"S08"}, prose=prose + "\n") == []


def test_a_slip_in_a_name_comes_with_what_was_meant(mini):
    prose = ":::{notee}\nA\n:::\n\n:::{prf:theorem} Tên\nA\n:::\n\n"
    ((line, what),) = said(mini, {"S09"}, prose=prose)
    assert line == 14 and "{note}" in what


def test_names_are_those_of_docutils_and_of_this_book():
    assert set(DIRECTIVES) <= KNOWN
    unused = {"sectnum", "meta", "title", "target-notes", "class", "rst-class"}
    rare = {"restructuredtext-test-directive", "section-numbering", "line-block"}
    assert set(en.directives) - KNOWN <= unused | rare


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('<img src="a.svg">', True),
        ('<img src="a.svg" alt="">', True),
        ('<img\n src="a.svg"\n width="9">', True),
        ('<img src="a.svg" alt="Một đường">', False),
        ("<img alt='Một đường'\nsrc=a.svg>", False),
        ('Thẻ `<img src="a.svg">` là thẻ ảnh.', False),
    ],
)
def test_a_picture_written_as_html_needs_words_too(mini, text, named):
    mini.file("book/a.svg", "<svg/>")
    assert [n for n, _ in said(mini, {"C03"}, prose=f"{text}\n\n")] == [14] * named


PLT = "import matplotlib.pyplot as plt\n"


@pytest.mark.parametrize(
    ("source", "options", "named"),
    [
        ("fig, ax = plt.subplots()\nax.plot([1])", (), True),
        ("plt.plot([1])", (), True),
        ("plt.figure(figsize=(3, 2))", ("tags: [hide-input]",), True),
        ("def draw():\n    fig, ax = plt.subplots()", (), False),
        ("fig, ax = plt.subplots()\nplt.close(fig)", (), False),
        ("fig, ax = plt.subplots()", ("tags: [remove-cell]",), False),
        ("plt.rcParams.update({})", (), False),
        ("# plt.plot([1])\nx = 1", (), False),
    ],
)
def test_a_cell_that_draws_has_a_caption(mini, source, options, named):
    found = said(mini, {"F03"}, cell(PLT + source, *options))
    assert [n for n, _ in found] == [16] * named
