"""The key changes with everything that changes outputs, and with nothing else."""

import os

import pytest

from hocsau_build.errors import BookError
from hocsau_build.execute import plan


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


@pytest.fixture
def key(mini):
    mini.module("pkg.a", "def fa():\n    return 1\n")
    mini.module("pkg.b", "from pkg.a import fa\ndef fb():\n    return fa()\n")
    mini.module("pkg.c", "def fc():\n    return 3\n")

    def of(*cells, prose="Lời văn.\n\n"):
        return plan(mini.page("p", *cells, prose=prose), mini.book).key

    return of


BASE = cell("from pkg.b import fb\nprint(fb())")


def test_prose_and_display_tags_do_not_count(key):
    same = key(BASE)
    assert key(BASE, prose="Lời văn khác hẳn, dài hơn.\n\n") == same
    tagged = cell("from pkg.b import fb\nprint(fb())", "tags: [hide-input]")
    assert key(tagged) == same


def test_cells_and_run_tags_count(key):
    same = key(BASE)
    assert key(BASE + cell("2")) != same
    allowed = cell("from pkg.b import fb\nprint(fb())", "tags: [allow-stderr]")
    assert key(allowed) != same


def test_module_edit_counts_direct_and_transitive(key, mini):
    same = key(BASE)
    mini.module("pkg.a", "def fa():\n    return 100\n")
    assert key(BASE) != same
    mini.module("pkg.a", "def fa():\n    return 1\n")
    assert key(BASE) == same, "a revert is a hit"
    mini.module("pkg.c", "def fc():\n    return 99\n")
    assert key(BASE) == same, "an unrelated module is none of its business"


def test_comments_in_modules_do_not_count_docstrings_do(key, mini):
    same = key(BASE)
    mini.module("pkg.a", "# lời bình\n\ndef fa():\n    return 1  # một\n")
    assert key(BASE) == same
    mini.module("pkg.a", 'def fa():\n    """Lời."""\n    return 1\n')
    assert key(BASE) != same


def test_comments_count_where_a_traceback_is_shown(key, mini):
    page = cell("from pkg.a import fa\nfa(1)", "tags: [raises-exception]")
    same = key(page)
    mini.module("pkg.a", "# lời bình\ndef fa():\n    return 1\n")
    assert key(page) != same


def test_embed_target_and_patch_count(key, mini):
    plain = key(cell("", "embed: pkg.c:fc"))
    patched = key(cell("-     return 3\n+     return 4", "embed: pkg.c:fc"))
    assert plain != patched
    mini.module("pkg.c", "def fc():\n    return 5\n")
    assert key(cell("", "embed: pkg.c:fc")) != plain


def test_named_data_file_counts(key, mini):
    mini.file("book/so.csv", "1,2\n")
    page = cell("text = open('so.csv').read()")
    same = key(page)
    mini.file("book/so.csv", "1,3\n")
    assert key(page) != same
    mini.file("book/khac.csv", "1\n")
    mini.file("book/so.csv", "1,2\n")
    assert key(page) == same


def test_touching_a_file_without_changing_it_does_not_count(key, mini):
    same = key(BASE)
    os.utime(mini.root / "code/pkg/a.py", (1, 1))
    assert key(BASE) == same


def test_module_that_does_not_parse_is_named_with_its_line(key, mini):
    mini.module("pkg.a", "def fa(:\n    return 1\n")
    with pytest.raises(BookError) as caught:
        key(BASE)
    problem = caught.value.problem
    assert (problem.path, problem.line, problem.rule) == (
        "code/pkg/a.py",
        1,
        "E-MODULE",
    )


def test_name_imported_in_one_cell_and_used_in_another_counts(mini):
    mini.module("pkg.a", "def fa():\n    return 1\n")
    mini.module("pkg.b", "def fb():\n    return 2\n")
    mini.module("pkg.__init__", "from .a import fa\nfrom .b import fb\n")
    page = mini.page("p", cell("import pkg\nprint(pkg.fa())") + cell("pkg.fb()"))
    same = plan(page, mini.book).key
    mini.module("pkg.b", "def fb():\n    return 3\n")
    assert plan(page, mini.book).key != same
