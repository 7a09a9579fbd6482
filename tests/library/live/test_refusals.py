"""What cannot be grafted is refused in words, and nothing changes."""

import pytest

KINDS = """
import abc
import enum
from dataclasses import dataclass
from typing import NamedTuple


class Color(enum.Enum):
    RED = 1

    def label(self):
        return "red"


class Pair(NamedTuple):
    a: int

    def first(self):
        return self.a


class Shape(abc.ABC):
    def area(self):
        return 0


class Slots:
    __slots__ = ("x",)

    def get(self):
        return self.x


@dataclass(slots=True)
class Tight:
    x: int = 1

    def get(self):
        return self.x


class Plain:
    def get(self):
        return 1
"""


@pytest.fixture
def kinds(lib):
    lib(kinds=KINDS)
    import kinds

    return kinds


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("Color", '"red"', '"RED"', ["Color", "Enum", "phương thức"]),
        ("Pair", "self.a", "-self.a", ["NamedTuple", "phương thức"]),
        ("Shape", "return 0", "return 1", ["metaclass ABCMeta", "phương thức"]),
        ("Slots", '("x",)', '("x", "y")', ["__slots__", "'y'"]),
        ("Slots", '__slots__ = ("x",)', "pass", ["__slots__"]),
        ("Plain", "    def", "    __slots__ = ()\n    def", ["__slots__"]),
        ("Plain", "Plain:", "Plain(metaclass=abc.ABCMeta):", ["metaclass"]),
        ("Plain", "Plain:", "Plain(abc.ABC):", ["lớp cha", "ABC"]),
        ("Plain", "Plain:", "Plain(NamedTuple):", ["lớp cha"]),
        ("Plain", "Plain:", "Plain(int):", ["lớp cha", "int"]),
        ("Tight", "x: int = 1", "x: int = 2", ["Tight", "slots=True"]),
        ("Plain", "class", "@dataclass(slots=True)\nclass", ["slots=True"]),
    ],
)
def test_refused(kinds, nb, name, old, new, words):
    cls, text = getattr(kinds, name), nb.shown("kinds", name)
    members = dict(vars(cls))
    assert old in text
    with pytest.raises(ValueError) as caught:
        nb.run(text.replace(old, new, 1))
    message = str(caught.value)
    assert message.startswith(f"kinds.py · {name}: ")
    assert all(w in message for w in words), message
    assert dict(vars(cls)) == members and getattr(kinds, name) is cls
    assert caught.value._render_traceback_() == [f"LiveError: {message}"]


@pytest.mark.parametrize(
    ("target", "old", "new", "call", "results"),
    [
        ("Color.label", '"red"', '"RED"', "Color.RED.label()", ("red", "RED")),
        ("Pair.first", "self.a", "-self.a", "Pair(2).first()", (2, -2)),
        ("Shape.area", "return 0", "return 1", "Shape().area()", (0, 1)),
        ("Tight.get", "self.x", "self.x + 1", "Tight().get()", (1, 2)),
    ],
)
def test_their_methods_can_be_edited(kinds, nb, target, old, new, call, results):
    text = nb.shown("kinds", target)
    nb.run(text.replace(old, new))
    assert eval(call, vars(kinds)) == results[1]
    nb.run(text)
    assert eval(call, vars(kinds)) == results[0]


def test_same_slots_may_be_edited(kinds, nb):
    s = kinds.Slots()
    s.x = 3
    nb.run(nb.shown("kinds", "Slots").replace("self.x", "self.x * 2"))
    assert s.get() == 6
    nb.embed("kinds", "Slots")
    assert s.get() == 3


def test_autograd_function_methods_only(lib, nb):
    import torch

    lib(
        fn="""
        import torch

        class Twice(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x):
                return 2 * x

            @staticmethod
            def backward(ctx, g):
                return 2 * g
        """
    )
    import fn

    def gradient():
        x = torch.ones(1, requires_grad=True)
        fn.Twice.apply(x).backward()
        return x.grad.item()

    apply, text = fn.Twice.apply, nb.shown("fn", "Twice")
    with pytest.raises(ValueError, match="từng phương thức"):
        nb.run(text.replace("2 * x", "3 * x"))
    assert gradient() == 2
    nb.run(nb.shown("fn", "Twice.backward").replace("2 * g", "5 * g"))
    assert gradient() == 5
    nb.run(nb.shown("fn", "Twice.forward").replace("2 * x", "7 * x"))
    assert apply(torch.ones(1)).item() == 7
    nb.embed("fn", "Twice.backward")
    nb.embed("fn", "Twice")
    assert gradient() == 2 and apply(torch.ones(1)).item() == 2
