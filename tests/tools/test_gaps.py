"""Gaps: marks that only the exercise sees, stubs that can be filled back exactly."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocsau_build import check, gaps
from hocsau_build.errors import BookError
from hocsau_build.execute import plan
from hocsau_build.run import run_page


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


RAW = '''\
x = f(1)  # ĐIỀN: gọi f với 1
a, b = 1, 2  # ĐIỀN: hai số
def g(x):
    """# ĐIỀN: trong chuỗi thì không phải"""
    y = x + 1  # ĐIỀN: thêm một
    # ĐIỀN: trả về khi khác không
    if y:
        return y
    # HẾT
    return 3  # ĐIỀN: số "ba"
for i in range(3):
    step(i)  # ĐIỀN: một bước
# ĐIỀN: cả khối
u = 1
v = u + 1
# HẾT
%matplotlib inline
print(x)  # lời bình thường'''

EXERCISE = '''\
# ĐIỀN: gọi f với 1
x = ...
# ĐIỀN: hai số
a = ...
b = ...
def g(x):
    """# ĐIỀN: trong chuỗi thì không phải"""
    # ĐIỀN: thêm một
    #   y = ...
    raise NotImplementedError("Chưa điền: thêm một")
    # ĐIỀN: trả về khi khác không
    raise NotImplementedError("Chưa điền: trả về khi khác không")
    # ĐIỀN: số "ba"
    #   return ...
    raise NotImplementedError("Chưa điền: số \\"ba\\"")
for i in range(3):
    # ĐIỀN: một bước
    raise NotImplementedError("Chưa điền: một bước")
# ĐIỀN: cả khối
u = ...
v = ...
%matplotlib inline
print(x)  # lời bình thường'''


def test_marks_leave_and_stubs_come():
    clean, found = gaps.read(RAW)
    assert "# ĐIỀN" not in clean.replace('"""# ĐIỀN', "") and "# HẾT" not in clean
    assert gaps.exercise(clean, found) == EXERCISE
    assert gaps.fill(EXERCISE, [g.answer for g in found]) == clean


def test_a_cell_without_marks_is_untouched():
    assert gaps.read("x = 1  # HẾT rồi") == ("x = 1  # HẾT rồi", ())


LINE = st.sampled_from(
    ["x = 1", "y = x", "z = w = 2", "x.a = 3", "print(x)", "", "# lời", "del x",
     "x += 1", "a, *b = c", "t: int = 4", "assert x", "lam = lambda: 1"]
)  # fmt: skip


@st.composite
def marked(draw):
    """Source with marks at random, at the top and inside a function."""
    lines = []
    for indent in ("", "    "):
        lines += ["def f():"] if indent else []
        for line in draw(st.lists(LINE, min_size=1, max_size=5)):
            kind = draw(st.sampled_from(["", "line", "block"]))
            if not line or line.startswith("#") or not kind:
                lines.append(indent + line if line else "")
            elif kind == "line":
                lines.append(f"{indent}{line}  # ĐIỀN: gợi ý")
            else:
                block = ("# ĐIỀN: gợi ý", line, "print(2)", "# HẾT")
                lines += [indent + one for one in block]
    return "\n".join([*lines, "    pass"])


@given(marked())
def test_filling_any_exercise_gives_the_source_back(raw):
    clean, found = gaps.read(raw)
    text = gaps.exercise(clean, found)
    ast.parse(text)
    assert len(list(gaps.STUB.finditer(text))) == len(found)
    assert gaps.fill(text, [g.answer for g in found]) == clean


@pytest.mark.parametrize(
    ("raw", "line", "what"),
    [
        ("x = 1\n# ĐIỀN: a\ny = 1", 2, "chưa đóng"),
        ("x = 1\n# HẾT\n# ĐIỀN: a\ny\n# HẾT", 2, "mở trước"),
        ("# ĐIỀN: a\n# ĐIỀN: b\ny\n# HẾT", 2, "chưa đóng"),
        ("# ĐIỀN: a\ny = 1  # ĐIỀN: b\n# HẾT", 2, "lồng"),
        ("x = 1  # ĐIỀN:", 1, "gợi ý"),
        ("x = 1  # ĐIỀN gì đó", 1, "gợi ý"),
        ("y = 1\n# ĐIỀN: a\n# HẾT", 2, "không có dòng mã"),
        ("y = f(\n    1,  # ĐIỀN: a\n)", 2, "trọn vẹn"),
        ("if x:  # ĐIỀN: a\n    pass", 1, "trọn vẹn"),
        ("x = (1  # ĐIỀN: a", 1, "Python đúng"),
    ],
)
def test_a_mark_that_cannot_be_read_names_its_line(mini, raw, line, what):
    doc = mini.page("p", cell("0"), cell(raw))
    lines = (mini.root / f"{doc}.md").read_text("utf-8").splitlines()
    first = lines.index(raw.splitlines()[0])
    (problem,) = check.problems(mini.book)
    assert (problem.path, problem.rule) == ("book/p.md", "E-GAP")
    assert problem.line == first + line and what in problem.what


def test_an_embedded_cell_has_no_gaps(mini):
    mini.module("pkg.a", "def fa():\n    return 1\n")
    mini.page("p", cell("-     return 1  # ĐIỀN: a", "embed: pkg.a:fa"))
    assert [p.rule for p in check.problems(mini.book)] == ["E-GAP"]


def test_marks_do_not_change_the_key(mini):
    doc = mini.page("p", cell("x = 1\ny = 2\nprint(x)"))
    same = plan(doc, mini.book).key
    mini.page("p", cell("x = 1  # ĐIỀN: một\n# ĐIỀN: hai\ny = 2\n# HẾT\nprint(x)"))
    assert plan(doc, mini.book).key == same
    mini.page("p", cell("x = 3  # ĐIỀN: một\ny = 2\nprint(x)"))
    assert plan(doc, mini.book).key != same


def test_an_error_below_a_mark_names_the_line_in_the_file(mini):
    doc = mini.page("p", cell("# ĐIỀN: a\nx = 0\n# HẾT\ny = 1\nx / x"))
    work = plan(doc, mini.book)
    with pytest.raises(BookError) as caught:
        run_page(work.chapter, [work.setup, work.cells[0][0]], mini.root)
    lines = (mini.root / f"{doc}.md").read_text("utf-8").splitlines()
    assert caught.value.problem.line == lines.index("x / x") + 1
