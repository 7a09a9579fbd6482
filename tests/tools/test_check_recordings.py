"""Rules on GPU cells and recordings: what fails, and what is only named."""

from __future__ import annotations

import shutil

import pytest

from hocsau_build import check
from hocsau_build.__main__ import main

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
SAID = "Kết quả này thấp hơn hẳn lần chạy nhỏ.\n\n"


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


def codes(mini):
    return [(p.path, p.rule) for p in check.problems(mini.book)]


def test_recordings_nobody_uses_are_named(gpu_mini):
    path = gpu_mini.recorded(
        {"output_type": "display_data", "data": {"image/png": PNG}}
    )
    assert codes(gpu_mini) == []
    shutil.copy(path, path.with_name("la.json"))
    path.with_name("p.0123456789abcdef.png").write_bytes(b"")
    assert codes(gpu_mini) == [
        ("book/_recordings/la.json", "R01"),
        ("book/_recordings/p.0123456789abcdef.png", "R01"),
    ]
    gpu_mini.page("p", cell("x = 1"))
    assert ("book/_recordings/p.json", "R01") in codes(gpu_mini)


def said(capsys, *args):
    assert main(["check", *args]) == 0
    return "".join(capsys.readouterr()).splitlines()


def test_stale_and_missing_are_named_but_do_not_fail(gpu_mini, capsys):
    gpu_mini.recorded()
    assert not any("R03" in line for line in said(capsys))
    gpu_mini.page("p", cell("x = 2"), cell("print(x)", "tags: [gpu]"), SAID,
                  cell("print(3)", "tags: [gpu]"), SAID)  # fmt: skip
    stale, missing, *_ = said(capsys)
    assert stale.startswith("book/p.md:20  R03") and "2026-11-30" in stale
    assert "R04" in missing and "record --only-stale" in missing
    assert said(capsys, "--github")[0].startswith("::notice file=book/p.md,line=20")


@pytest.mark.parametrize(
    ("last", "named"),
    [
        ("print(loss)", True),
        ("def f():\n    return loss", True),
        ("[loss for _ in range(3)]", True),
        ("from m import model\nmodel.fit(loss=1)", False),
        ("loss = 3\nprint(loss)", False),
        ("def f(loss):\n    return loss", False),
        ("[loss for loss in range(3)]", False),
        ("print('loss')", False),
        ("%timeit x", False),
        ("loss = loss / 2", True),
        ("loss += 1", True),
        ("for i in range(3):\n    loss = loss - i", True),
        ("rows = [loss for i in range(3)]\nloss = 1", True),
        ("def f(k=loss):\n    loss = k", True),
        ("def f():\n    return loss\n\nloss = 3\nf()", False),
        ("for loss in range(3):\n    print(loss)", False),
        ("if (loss := 2) > 1:\n    print(loss)", False),
        ("import m as loss\nprint(loss)", False),
        ("loss = 1\nloss += 1", False),
        ("class A:\n    best = loss\n\nloss = 1", True),
        ("class A:\n    loss = 2\n\nprint(A.loss)", False),
        ("class A:\n    def f(self):\n        return loss\n\nloss = 3", False),
    ],
)
def test_names_that_only_a_gpu_cell_defines(mini, last, named):
    mini.page("p", cell("loss = 1", "tags: [gpu]"), SAID, cell(last))
    assert (("book/p.md", "R05") in codes(mini)) is named


@pytest.mark.parametrize(
    ("after", "named"),
    [
        (SAID, False),
        ("", True),
        ("## Mục khác\n\n" + SAID, True),
        ("% một lời bình cho tác giả\n\n" + cell("1"), True),
        (cell("y = 1", "tags: [gpu, remove-cell]") + SAID, False),
        (cell("y = 1") + SAID, True),
    ],
)
def test_a_gpu_cell_is_followed_by_words(mini, after, named):
    mini.page("p", cell("loss = 1", "tags: [gpu]"), after)
    assert (("book/p.md", "R06") in codes(mini)) is named
