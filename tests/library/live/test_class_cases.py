"""Nested classes, dataclasses, hooks, failures, mixed class and method edits."""

import inspect

import pytest


def test_nested_class_keeps_identity(zoo, nb, edit):
    tag, cls = zoo.Animal.Tag(), zoo.Animal.Tag
    edit("Animal.Tag", '"tag"', '"TAG"')
    assert tag.text() == "TAG" and zoo.Animal.Tag is cls
    edit("Animal.Tag.text", '"tag"', '"Tag"')
    assert tag.text() == "Tag"
    edit("Animal", '"tag"', '"whole"')
    assert tag.text() == "whole" and zoo.Animal.Tag is cls
    nb.embed("zoo", "Animal")
    assert tag.text() == "tag" and cls.__qualname__ == "Animal.Tag"


def test_dataclass(zoo, nb):
    old, cls = zoo.Point(1, 2), zoo.Point
    text = nb.shown("zoo", "Point").replace("y: int = 0", "y: int = 5\n    z: int = 7")
    nb.run(text.replace("abs(self.x)", "0"))
    assert repr(zoo.Point(1)) == "Point(x=1, y=5, z=7)" and zoo.Point is cls
    assert old.norm() == 2 and old.z == 7 and isinstance(old, cls)
    assert zoo.Point(1, 2, 3) != zoo.Point(1, 2, 4)
    nb.embed("zoo", "Point")
    assert repr(zoo.Point(1)) == "Point(x=1, y=0)" and old.norm() == 3
    assert not hasattr(old, "z") and zoo.Point(1) == zoo.Point(1, 0)


def test_dataclass_options_and_plain_class(zoo, nb, edit):
    edit("Point", "@dataclass", "@dataclass(frozen=True, order=True)")
    with pytest.raises(AttributeError):
        zoo.Point(1).x = 2
    assert zoo.Point(1) < zoo.Point(2) and hash(zoo.Point(1)) == hash(zoo.Point(1))
    edit("Point", "@dataclass\n", "")
    with pytest.raises(TypeError):
        zoo.Point(1)
    nb.embed("zoo", "Point")
    p = zoo.Point(1)
    p.x = 3
    assert p == zoo.Point(3) and zoo.Point.__hash__ is None


def test_method_then_class_then_method(zoo, nb, edit):
    a = zoo.Animal("a")
    edit("Animal.speak", "speaks", "one")
    edit("Animal", "speaks", "two")
    assert a.speak() == "a two"
    edit("Animal.speak", "speaks", "three")
    assert a.speak() == "a three"
    nb.embed("zoo", "Animal.speak")
    assert a.speak() == "a speaks"
    edit("Animal.gone", '"gone"', '"here"')
    nb.embed("zoo", "Animal")
    assert a.gone() == "gone"


def test_helper_beside_a_method_goes_away(zoo, nb):
    nb.run(
        """
        # zoo.py · Animal.speak
        import math
        def floor(self):
            return math.floor(2.5)
        def speak(self):
            return self.floor()
        """
    )
    assert zoo.Animal("a").speak() == 2
    nb.embed("zoo", "Animal.speak")
    assert not hasattr(zoo.Animal, "floor") and not hasattr(zoo, "math")


def test_names_attached_elsewhere_survive(zoo, nb, edit):
    zoo.Animal.extra = lambda self: "extra"
    edit("Animal", "speaks", "two")
    nb.run("Animal.late = 3")
    nb.embed("zoo", "Animal")
    assert zoo.Animal("a").extra() == "extra" and zoo.Animal.late == 3


def test_failing_body_changes_nothing(zoo, nb, edit):
    edit("Animal", "speaks", "one")
    before = dict(vars(zoo.Animal))
    text = nb.shown("zoo", "Animal").replace("speaks", "two")
    with pytest.raises(ZeroDivisionError):
        nb.run(text + "\n    bad = 1 / 0\n")
    with pytest.raises(NameError):
        nb.run("# zoo.py · Animal\n@nope\n" + text.partition("\n")[2])
    with pytest.raises(ZeroDivisionError):
        nb.run("# zoo.py · Animal.speak\ndef speak(self, x=1 / 0):\n    return 3\n")
    assert dict(vars(zoo.Animal)) == before and zoo.Animal("a").speak() == "a one"
    bad = "@dataclass\nclass Point:\n    x: int = 0\n    y: int\n"
    members = dict(vars(zoo.Point))
    with pytest.raises(TypeError, match="non-default"):
        nb.run("# zoo.py · Point\n" + bad)
    assert dict(vars(zoo.Point)) == members and repr(zoo.Point(1)).endswith("y=0)")


def test_hooks_of_a_class_statement_run(lib, nb):
    lib(
        hook="""
        class Base:
            seen = {}
            def __init_subclass__(cls, tag="none"):
                cls.seen[cls.__name__] = tag

        class Named:
            def __set_name__(self, owner, name):
                self.name = name

        class A(Base, tag="a"):
            x = Named()
            def __new__(cls):
                return super().__new__(cls)
        """
    )
    import hook

    text = nb.shown("hook", "A")
    nb.run(text.replace('tag="a"', 'tag="b"').replace("x =", "y ="))
    assert hook.Base.seen == {"A": "b"} and hook.A.y.name == "y"
    assert isinstance(hook.A(), hook.A) and not hasattr(hook.A, "x")
    nb.embed("hook", "A")
    assert hook.A.x.name == "x" and not hasattr(hook.A, "y")


def test_equality_without_hash(zoo, nb):
    text = nb.shown("zoo", "Animal")
    nb.run(text + "\n    def __eq__(self, other):\n        return True\n")
    assert zoo.Animal.__hash__ is None and zoo.Animal("a") == 3
    nb.embed("zoo", "Animal")
    assert hash(zoo.Animal("a")) and zoo.Animal("a") != 3


def test_source_of_a_method_shows_the_cell(zoo, nb, edit):
    edit("Animal.speak", "speaks", "SHOWN")
    assert "SHOWN" in inspect.getsource(zoo.Animal.speak)
    nb.embed("zoo", "Animal.speak")
    edit("Animal", "speaks", "WHOLE")
    assert "WHOLE" in inspect.getsource(zoo.Animal.speak)
