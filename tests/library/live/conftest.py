"""A small library on disk, and a notebook that runs live cells on it."""

import ast
import importlib
import linecache
import sys
import textwrap
from itertools import count

import pytest

from hocsau.live import originals, source
from hocsau.live.transform import LiveCells

ZOO = '''
"""Animals."""
from dataclasses import dataclass, field
from functools import cached_property, lru_cache


class Animal:
    """An animal."""

    sounds = 1
    __secret = 5

    def __init__(self, name):
        self.name = name

    def speak(self):
        return f"{self.name} speaks"

    shout = speak

    def secret(self):
        return self.__secret

    def gone(self):
        return "gone"

    @property
    def loud(self):
        return self.name.upper()

    @loud.setter
    def loud(self, value):
        self.name = value.lower()

    @classmethod
    def make(cls, name):
        return cls(name)

    @staticmethod
    def twice(x):
        return 2 * x

    @lru_cache(maxsize=None)
    def slow(self):
        return 1

    class Tag:
        def text(self):
            return "tag"


class Dog(Animal):
    """A dog."""

    def __init__(self, name):
        super().__init__(name + "!")

    def speak(self):
        return super().speak() + " woof"


@dataclass
class Point:
    x: int
    y: int = 0

    def norm(self):
        return abs(self.x) + abs(self.y)
'''


class Notebook:
    """The two hooks and an executor: what IPython does, without IPython."""

    numbers = count(1)

    def __init__(self, root):
        self.root, self.space, self.hooks = root, {"__name__": "__main__"}, LiveCells()

    def run(self, text: str) -> dict:
        """Run a cell and return the notebook's namespace."""
        text = textwrap.dedent(text)
        self.hooks.remember(text.splitlines(keepends=True))
        tree = ast.fix_missing_locations(self.hooks.visit(ast.parse(text)))
        self.file = f"<cell {next(self.numbers)}>"
        lines = text.splitlines(keepends=True)
        linecache.cache[self.file] = (len(text), None, lines, self.file)
        exec(compile(tree, self.file, "exec"), self.space)
        return self.space

    def shown(self, module, *names, patch="") -> str:
        """The text of the embedded cell, as the page shows it."""
        return source.cell(module, list(names), textwrap.dedent(patch), [self.root])

    def embed(self, module, *names, patch="") -> dict:
        """Run an embedded cell, patched by its author or not."""
        return self.run(self.shown(module, *names, patch=patch))


@pytest.fixture
def lib(tmp_path, monkeypatch):
    """``lib(**{"pkg/mod": text})`` writes modules and puts them on the path."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)

    def write(**files):
        for name, text in files.items():
            path = tmp_path / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")
        return tmp_path

    yield write
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(tmp_path)):
            del sys.modules[name]
    for table in ("TOP", "ATTRS", "STATES", "BASES", "EXTRAS"):
        getattr(originals, table).clear()


@pytest.fixture
def nb(lib, tmp_path):
    """A notebook over the library of ``lib``."""
    return Notebook(tmp_path)


@pytest.fixture
def zoo(lib):
    """The imported module ``zoo``, and ``farm`` which uses it."""
    lib(zoo=ZOO, farm="from zoo import Animal, Dog, Point\nKINDS = [Animal, Dog]\n")
    return importlib.import_module("zoo")


@pytest.fixture
def edit(nb):
    """``edit("Animal", old, new)`` runs the cell of ``zoo:Animal`` changed."""

    def run(name, old, new):
        text = nb.shown("zoo", name)
        assert old in text
        return nb.run(text.replace(old, new))

    return run
