"""A small library on disk, and a notebook that runs live cells on it."""

import ast
import linecache
import sys
import textwrap
from itertools import count

import pytest

from hocsau.live import originals, source
from hocsau.live.transform import LiveCells


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
