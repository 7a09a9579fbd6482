"""Functions, decorated objects and constants: the edit reaches every user."""

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
    f = nb.embed("ops", "name", patch="- return x\n+ return x * 2")
    assert f["name"]("a") == "aa"
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


def test_singledispatch_keeps_its_registrations(lib, nb):
    lib(
        disp="""
        from functools import singledispatch

        @singledispatch
        def show(x):
            return "any"

        @show.register
        def _(x: int):
            return "int"
        """
    )
    show = nb.embed("disp", "show", patch='- return "any"\n+ return "new"')["show"]
    assert (show(1), show("a")) == ("int", "new")
    show = nb.embed("disp", "show")["show"]
    assert (show(1), show("a")) == ("int", "any")
