"""How a live cell runs: order, namespaces, failure, traceback, source."""

import ast
import inspect
import sys
import traceback

import pytest

OPS = '''
LIMIT = 10


def square(x, bias=0):
    """Square."""
    return x * x + bias


def limit():
    return LIMIT
'''


@pytest.fixture
def nb(lib, nb):
    lib(ops=OPS)
    return nb


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
