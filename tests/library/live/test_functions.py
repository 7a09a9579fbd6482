"""Functions, decorated objects and constants: the edit reaches every user."""

import inspect
import sys
import traceback

import pytest

OPS = '''
"""Operators."""
from functools import lru_cache, wraps
from typing import overload

LIMIT = 10
TABLE = ["a"]


def square(x, bias=0):
    """Square."""
    return x * x + bias


@lru_cache
def cached(x):
    return x + 1


@overload
def name(x: int) -> int: ...
@overload
def name(x: str) -> str: ...
def name(x):
    return x


def limit():
    return LIMIT
'''

USER = """
from ops import LIMIT, TABLE, cached, square as sq

OTHER = 10
ALL = {"square": sq, "list": [sq]}


def use(x):
    return sq(x), ALL["square"](x), ALL["list"][0](x)
"""


@pytest.fixture
def nb(lib, nb):
    lib(ops=OPS, user=USER)
    return nb


def test_unedited_only_binds(nb):
    import ops

    before = (ops.square, ops.square.__code__, ops.cached, ops.name, ops.TABLE)
    for target in ("square", "cached", "name", "LIMIT", "TABLE"):
        nb.embed("ops", target)
    after = (ops.square, ops.square.__code__, ops.cached, ops.name, ops.TABLE)
    assert all(a is b for a, b in zip(before, after, strict=True))
    assert nb.space["square"] is ops.square and nb.space["TABLE"] is ops.TABLE
    assert set(nb.space) - {"__builtins__", "__name__"} == {
        *("square", "cached", "name", "LIMIT", "TABLE")
    }


def test_comment_or_layout_is_not_an_edit(nb):
    import ops

    code = ops.square.__code__
    text = nb.shown("ops", "square").replace("x * x + bias", "(x * x) + bias  # area")
    nb.run(text)
    assert ops.square.__code__ is code


def test_function_is_swapped_in_place_and_restored(nb):
    import ops
    import user

    f, held = ops.square, [ops.square]
    nb.run(
        '''
        # ops.py · square
        def square(x, bias=1, *, scale: float = 2):
            """Changed."""
            return scale * x + bias
        '''
    )
    assert ops.square is f is nb.space["square"]
    assert user.use(3) == (7, 7, 7) and held[0](3, scale=1) == 4
    assert f.__doc__ == "Changed." and f.__annotations__ == {"scale": float}
    nb.embed("ops", "square")
    assert user.use(3) == (9, 9, 9) and f.__doc__ == "Square."
    assert f.__kwdefaults__ is None and f.__annotations__ == {}


def test_patched_embed_is_undone_by_embedding_again(nb):
    patch = "- return x * x + bias\n+ return x + bias"
    assert nb.embed("ops", "square", patch=patch)["square"](5) == 5
    assert nb.embed("ops", "square")["square"](5) == 25


def test_overloaded(nb):
    f = nb.embed("ops", "name", patch="      return x\n".replace("      ", "- ") + "+ 1")
    assert f["name"]("a") is None
    assert nb.embed("ops", "name")["name"]("a") == "a"


def test_decorated_is_rebound_everywhere(nb):
    import ops
    import user

    first = ops.cached
    nb.run("from ops import cached as mine\nhold = [mine]")
    nb.embed("ops", "cached", patch="- return x + 1\n+ return x + 100")
    assert ops.cached is user.cached is nb.space["mine"] is not first
    assert user.cached(1) == 101 and user.cached.cache_info().misses == 1
    nb.embed("ops", "cached")
    assert ops.cached is user.cached is nb.space["mine"] is first


def test_function_becomes_decorated_and_back(nb):
    import ops
    import user

    f = ops.square
    text = nb.shown("ops", "square")
    nb.run(text.replace("def square", "@lru_cache\ndef square"))
    assert hasattr(user.sq, "cache_info") and user.sq is ops.square is not f
    nb.run(text.replace("x * x", "x * 10"))
    assert ops.square is user.sq is f and f(2) == 20
    nb.run(text)
    assert ops.square is f and f(2) == 4


def test_constant(nb):
    import ops
    import user

    table = ops.TABLE
    nb.embed("ops", "LIMIT", patch="- LIMIT = 10\n+ LIMIT = 20")
    nb.embed("ops", "TABLE", patch='- TABLE = ["a"]\n+ TABLE = ["b"]')
    assert (ops.limit(), user.LIMIT, user.OTHER) == (20, 20, 10)
    assert user.TABLE is ops.TABLE == ["b"]
    nb.embed("ops", "LIMIT")
    nb.embed("ops", "TABLE")
    assert (ops.limit(), user.LIMIT, user.OTHER) == (10, 10, 10)
    assert user.TABLE is ops.TABLE is table


def test_import_and_helper_above_the_definition(nb):
    import ops

    nb.run(
        """
        # ops.py · square
        import math
        def helper(x):
            return math.floor(x) * 7
        def square(x, bias=0):
            return helper(x)
        """
    )
    assert ops.square(1.5) == 7 and "helper" not in nb.space
    nb.embed("ops", "square")
    assert ops.square(3) == 9
    assert not hasattr(ops, "helper") and not hasattr(ops, "math")


def test_code_after_the_definition_runs_in_the_notebook(nb):
    import ops

    text = nb.shown("ops", "square") + "\n\nsquare_of = square(4)\nsquare = 1\n"
    nb.run("before = 2\n" + text)
    assert nb.space["square_of"] == 16 and nb.space["before"] == 2
    assert nb.space["square"] == 1 and ops.square(4) == 16
    assert not hasattr(ops, "square_of")


def test_several_markers(nb):
    text = nb.shown("ops", "square", "LIMIT").replace("= 10", "= 11")
    space = nb.run(text)
    import ops

    assert space["LIMIT"] == ops.limit() == 11 and space["square"](2) == 4


def test_marker_inside_a_string_is_text(nb):
    space = nb.run('t = """\n# ops.py · square\n"""\n')
    assert "square" not in space and "ops" not in sys.modules


def test_failing_body_changes_nothing(nb):
    import ops

    nb.embed("ops", "square", patch="- return x * x + bias\n+ return 1")
    before = dict(vars(ops))
    with pytest.raises(NameError, match="missing"):
        nb.run("# ops.py · square\nz = 3\n@missing\ndef square(x):\n    return 2\n")
    assert vars(ops) == before and ops.square(3) == 1
    nb.embed("ops", "square")
    assert ops.square(3) == 9


def test_traceback_and_source_show_the_cell(nb):
    text = nb.shown("ops", "square").replace("x * x", "x * undefined")
    nb.run("\n" + text)
    import ops

    with pytest.raises(NameError) as caught:
        ops.square(1)
    frame = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert (frame.filename, frame.line) == (nb.file, "return x * undefined + bias")
    assert frame.lineno == 5
    assert inspect.getsource(ops.square).startswith("def square(x, bias=0):")
    assert "undefined" in inspect.getsource(ops.square)
    nb.embed("ops", "square")
    assert "x * x" in inspect.getsource(ops.square)


def test_source_is_known_even_where_the_cell_has_no_file(nb):
    tree = nb.shown("ops", "square").replace("x * x", "x * 5")
    nb.hooks.remember(tree.splitlines(keepends=True))
    import ast

    tree = ast.fix_missing_locations(nb.hooks.visit(ast.parse(tree)))
    exec(compile(tree, "<timed exec>", "exec"), nb.space)
    assert "x * 5" in inspect.getsource(nb.space["square"])


def test_future_annotations_of_the_module_hold(lib, nb):
    lib(fut="from __future__ import annotations\ndef f(x: Later): return 1\n")
    f = nb.run("# fut.py · f\ndef f(x: Later): return 2\n")["f"]
    assert f(0) == 2 and f.__annotations__ == {"x": "Later"}


def test_marker_without_its_definition(nb):
    with pytest.raises(ValueError, match="không còn định nghĩa square"):
        nb.run("# ops.py · square\n")


def test_unknown_module_and_name(nb):
    with pytest.raises(ValueError, match="chưa có gói nowhere"):
        nb.run("# nowhere/ops.py · f\ndef f(): pass\n")
    with pytest.raises(ValueError, match="không có định nghĩa của sqare"):
        nb.run("# ops.py · sqare\ndef sqare(): pass\n")


def test_compiled_graphs_are_reset_after_edits_only(nb, monkeypatch):
    from types import SimpleNamespace

    calls = []
    fake = SimpleNamespace(reset=lambda: calls.append(1))
    monkeypatch.setitem(sys.modules, "torch._dynamo", fake)
    nb.embed("ops", "square")
    assert calls == []
    nb.embed("ops", "square", patch="- return x * x + bias\n+ return 1")
    nb.embed("ops", "square")
    nb.embed("ops", "square")
    assert len(calls) == 2
