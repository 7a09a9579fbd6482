"""Page and module know each other; packages import one way; `code` stays Python's."""

import ast
import code
import re
from pathlib import Path

import pytest

from hocsau_build.chapter import load
from hocsau_build.layout import Book, find_root

ROOT = find_root(Path(__file__).parent)
BOOK = Book(ROOT)
LIBRARY = sorted(
    p for p in (ROOT / "code").rglob("*.py") if p.parts[-2] != "hocsau_build"
    and "hocsau_build" not in p.parts
)  # fmt: skip
HOME = re.compile(r"Nhà: ([\w/-]+)\.")


def name_of(path):
    parts = path.relative_to(ROOT / "code").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def home_of(path):
    """Home named by the module, or by the nearest package above it."""
    for place in (path, *(p / "__init__.py" for p in path.parents)):
        if not place.is_relative_to(ROOT / "code") or not place.exists():
            continue
        match = HOME.search(ast.get_docstring(ast.parse(place.read_text())) or "")
        if match:
            return match[1]
    return None


CHAPTERS = {
    c.facts["id"]: c for d in BOOK.docs
    if (c := load(BOOK.path(d), d)).facts.get("id")
}  # fmt: skip


@pytest.mark.parametrize("path", LIBRARY, ids=name_of)
def test_module_has_a_home(path):
    if path.read_text().strip():
        assert home_of(path), f"{name_of(path)}: no «Nhà: …» in its docstring"


@pytest.mark.parametrize("doc", CHAPTERS, ids=str)
def test_chapter_and_its_modules_name_each_other(doc):
    for module in CHAPTERS[doc].facts.get("modules") or []:
        base = ROOT / "code" / Path(*module.split("."))
        path = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
        assert path.exists(), f"{doc} lists {module}, which does not exist"
        assert home_of(path) == doc, f"{module} does not name {doc} as its home"


def imports(path):
    """Top-level packages imported anywhere in a module; those at module level."""
    tree = ast.parse(path.read_text())
    everywhere, top = set(), set()
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module]
        everywhere.update(names)
        if node in tree.body:
            top.update(names)
    return everywhere, top


OWN = {"kim", "hocsau", "hocsau_build"}
ALLOWED = {
    "kim": {"numpy", "kim"},
    "hocsau": {"torch", "numpy", "matplotlib", "hocsau", "kim", "IPython",
               "PIL", "sklearn", "skimage", "scipy", "optuna",
               "jinja2", "markdown_it"},
}  # fmt: skip


def foreign(names):
    import sys

    return {n.split(".")[0] for n in names} - set(sys.stdlib_module_names)


@pytest.mark.parametrize("path", LIBRARY, ids=name_of)
def test_library_imports_only_what_it_may(path):
    package = path.relative_to(ROOT / "code").parts[0]
    assert foreign(imports(path)[0]) <= ALLOWED[package]


WORKSHOP = sorted((ROOT / "code/hocsau_build").rglob("*.py"))


@pytest.mark.parametrize("path", WORKSHOP, ids=lambda p: p.stem)
def test_workshop_imports_no_library_at_module_level(path):
    assert not foreign(imports(path)[1]) & {"kim", "hocsau", "torch"}
    assert "jupyter_book" not in foreign(imports(path)[1])


def test_code_is_not_a_package():
    assert not (ROOT / "code/__init__.py").exists()
    assert "site-packages" not in code.__file__ and str(ROOT) not in code.__file__
    assert {p.name for p in (ROOT / "code").iterdir() if p.is_dir()} >= OWN


@pytest.mark.parametrize("path", LIBRARY + WORKSHOP, ids=name_of)
def test_files_stay_short(path):
    assert len(path.read_text().splitlines()) <= 250
