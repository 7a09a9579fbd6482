"""Exercise notebooks: filled they are the chapter, open they stop and say why."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from hocsau.exercise import GapError
from hocsau_build import chapter, check, gaps, names
from hocsau_build.assemble import expand
from hocsau_build.errors import BookError
from hocsau_build.export import exercise as exercises
from hocsau_build.export import writer
from hocsau_build.layout import Book
from hocsau_build.run import run_page


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


#: What stands before the author's own lines in a check cell.
ASKED = re.compile(r"\Afrom hocsau.exercise import filled\n\n(filled\(.*\)\n)+\n")
PAGE = (
    cell("import math\ndef area(r):\n    # ĐIỀN: pi nhân bình phương bán kính\n"
         "    square = r * r\n    return math.pi * square\n    # HẾT\n"
         "total = 2 + 3  # ĐIỀN: tổng của hai và ba"),
    cell('assert total == 5, "total phải là 5"\n'
         'assert abs(area(1) - math.pi) < 1e-9, "area(1) phải là pi"\n'
         'print("Đúng cả.")', "tags: [check-gap]"),
    cell("print(total)"),
)  # fmt: skip


@pytest.fixture
def notebooks(mini):
    """The worked notebook and the exercise of a page with gaps."""
    mini.page("p", *PAGE)
    mini.page("q", cell("1"))
    assert check.problems(mini.book) == []
    writer.write(mini.book)
    names = sorted(p.name for p in (mini.root / "notebooks").glob("*.ipynb"))
    assert names == ["p-bai-tap.ipynb", "p.ipynb", "q.ipynb"]
    assert writer.check(mini.book) == []
    return [sources(mini, name) for name in ("p", "p-bai-tap")]


def sources(mini, name):
    """Code of a notebook, without the cell that installs the package."""
    data = json.loads((mini.root / f"notebooks/{name}.ipynb").read_text("utf-8"))
    code = ["".join(c["source"]) for c in data["cells"] if c["cell_type"] == "code"]
    return code[1:]


def refilled(page, exercise):
    """The exercise's cells with every stub replaced by its answer, in order."""
    answers = [g.answer for c in page.cells for g in c.gaps]
    filled = []
    for text in exercise:
        text = ASKED.sub("", text)
        count = len(list(gaps.STUB.finditer(text)))
        filled.append(gaps.fill(text, answers[:count]))
        answers = answers[count:]
    assert not answers
    return filled


def test_filling_the_gaps_gives_the_chapter_back(mini, notebooks):
    worked, exercise = notebooks
    page = chapter.load(mini.root / "book/p.md", "book/p.md")
    assert worked == [c.source for c in page.cells], "the worked one has no marks"
    assert exercise[0] != worked[0]
    assert refilled(page, exercise) == worked


def run(mini, code):
    cells = [chapter.Cell(source, 1) for source in code]
    page = chapter.Chapter(mini.root / "book/p.md", "x", "", {}, None, cells)
    return run_page(page, ["pass", *code], mini.root)


def test_the_unfilled_exercise_stops_at_its_check_and_says_why(mini, notebooks):
    exercise = notebooks[1]
    with pytest.raises(BookError) as caught:
        run(mini, exercise)
    what = caught.value.problem.what
    assert what.startswith("ô mã thứ 2: GapError: Chưa điền total: tổng của hai và ba")
    half = [exercise[0].replace("total = ...", "total = 5"), *exercise[1:]]
    with pytest.raises(BookError, match="Chưa điền: pi nhân bình phương bán kính"):
        run(mini, half)
    wrong = [exercise[0].replace("total = ...", "total = 6"), *exercise[1:]]
    with pytest.raises(BookError, match="AssertionError: total phải là 5"):
        run(mini, wrong)


def test_the_filled_exercise_runs_to_its_end(mini, notebooks):
    worked, exercise = notebooks
    done = run(mini, [worked[0], *exercise[1:]])
    assert done.outputs[2][0]["text"] == "Đúng cả.\n"


BOOK = Book(Path(__file__).resolve().parents[2])
WITH_GAPS = [d for d in BOOK.docs if gaps.marked(BOOK.path(d).read_text("utf-8"))]


def real(doc):
    """A page of the book, and its exercise."""
    page = chapter.load(BOOK.path(doc), BOOK.show(BOOK.path(doc)))
    return page, exercises.sources(page, expand(page, BOOK))


def test_the_labs_have_gaps():
    assert sum("mit/lab" in doc for doc in WITH_GAPS) >= 4


@pytest.mark.parametrize("doc", WITH_GAPS)
def test_filling_the_gaps_of_a_page_gives_the_page_back(doc):
    page, exercise = real(doc)
    assert refilled(page, exercise) == [text for text, _ in expand(page, BOOK)]


@pytest.mark.parametrize("doc", WITH_GAPS)
def test_every_open_gap_of_a_page_stops_in_words(doc):
    """Nothing may trip over ``...`` before the check asks; a print does not trip."""
    waiting = {}
    page, exercise = real(doc)
    for cell, text in zip(page.cells, exercise, strict=True):
        if asked := ASKED.match(text):
            for name, hint in waiting.items():
                others = dict.fromkeys(waiting, 1)
                with pytest.raises(GapError, match=re.escape(f"{name}: {hint}")):
                    exec(asked[0], {**others, name: ...})
            waiting = {}
        for gap in cell.gaps:
            waiting |= dict.fromkeys(gaps.top_names(gap), gap.hint)
            stub = textwrap.dedent("\n".join(gaps.stub(gap)))
            if "raise " in stub:
                with pytest.raises(NotImplementedError, match=re.escape(gap.hint)):
                    exec(stub, {})
        rest = re.sub(r"^print\(.*\)$", "", text, flags=re.MULTILINE)
        read = names.used(replace(cell, source=rest)) & set(waiting)
        assert not read, f"dòng {cell.line} dùng {read} trước ô kiểm tra"
    assert not waiting
