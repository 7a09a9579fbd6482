"""The key of an executed page: everything its outputs depend on, and nothing else."""

from __future__ import annotations

import ast
import hashlib
import json
import platform
import sys
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from . import treeform
from .chapter import Chapter
from .closure import Closure, Walker, remember, tree_of
from .errors import BookError
from .layout import Book

#: Raise when the meaning of a stored record changes.
FORMAT = 3


def dependencies(chapter: Chapter, book: Book, setup: str) -> Closure:
    """Own modules and foreign packages that the page's code reaches."""
    walker = Walker([book.code])
    # One tree for the whole page: a name imported in one cell is used in the others.
    page = ast.Module(body=[], type_ignores=[])
    for source in [setup, *(c.source for c in chapter.cells)]:
        tree = _cell_tree(source)
        page.body += tree.body if tree else []
    walker.add_source(page)
    for cell in chapter.cells:
        if cell.embed:
            try:
                walker.add_module(cell.embed[0])
            except SyntaxError as exc:
                raise _broken(exc, book) from exc
    return walker.out


def safe_dependencies(chapter: Chapter, book: Book, setup: str) -> Closure:
    """As ``dependencies``; a module that does not parse is named with its line."""
    try:
        return dependencies(chapter, book, setup)
    except SyntaxError as exc:
        raise _broken(exc, book) from exc


def _broken(exc: SyntaxError, book: Book) -> BookError:
    return BookError(
        book.show(Path(exc.filename or "?")), exc.lineno or 1, "E-MODULE",
        f"mô-đun không phân tích được: {exc.msg}", "sửa cú pháp Python ở dòng này",
    )  # fmt: skip


def _cell_tree(source: str) -> ast.Module | None:
    """Tree of a cell; lines of IPython magic are blanked out first."""
    plain = [
        "" if line.lstrip().startswith(("%", "!", "?")) else line
        for line in source.splitlines()
    ]
    try:
        return ast.parse("\n".join(plain))
    except SyntaxError:
        return None  # the run itself will say it, with its line


def data_files(chapter: Chapter, closure: Closure, book: Book) -> dict[str, Path]:
    """Files inside the book that the cells or modules name, or the head declares."""
    found: dict[str, Path] = {}
    trees = [(_cell_tree(c.source), chapter.path.parent) for c in chapter.cells]
    trees += [(tree_of(p), p.parent) for p in closure.modules.values()]
    for tree, folder in trees:
        for text in remember(tree, "strings", _strings) if tree else ():
            for base in (folder, book.root):
                _take(base / text, found, book)
    for text in chapter.facts.get("data") or []:
        for path in sorted(book.root.glob(str(text))):
            _take(path, found, book)
    return found


def _strings(tree: ast.AST) -> list[str]:
    """Strings that may name a file."""
    constants = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant))
    texts = {t for t in constants if isinstance(t, str) and 2 < len(t) < 200}
    return sorted(t for t in texts if "\n" not in t and "." in t)


def _take(path: Path, found: dict[str, Path], book: Book) -> None:
    try:
        inside = path.is_file() and path.resolve().is_relative_to(book.root.resolve())
    except (OSError, ValueError):
        return
    if inside:
        found[book.show(path)] = path


def page_key(chapter: Chapter, closure: Closure, book: Book, setup: str) -> str:
    """Digest of cells, run tags, embeds, module trees, data files and versions."""
    return content_digest({
        "format": FORMAT,
        **content(chapter, closure, book, setup),
        "versions": versions(frozenset(closure.foreign)),
    })  # fmt: skip


def content(chapter: Chapter, closure: Closure, book: Book, setup: str) -> dict:
    """What the outputs come from, whatever the machine."""
    raw = shows_source(chapter)
    return {
        "setup": setup,
        "cells": [_cell_part(c) for c in chapter.cells],
        "modules": {n: module_digest(p, raw) for n, p in closure.modules.items()},
        "bindings": sorted(closure.bindings),
        "data": {
            n: _sha(p.read_bytes())
            for n, p in data_files(chapter, closure, book).items()
        },
    }


def content_digest(what: dict) -> str:
    """Digest of plain data, independent of the order of its keys."""
    return _sha(json.dumps(what, sort_keys=True, ensure_ascii=False).encode())


def _cell_part(cell) -> list:
    if cell.embed:
        return ["embed", *cell.embed, cell.source, cell.run_tags]
    return ["code", cell.source.strip(), cell.run_tags]


def shows_source(chapter: Chapter) -> bool:
    """Whether outputs can hold lines of our modules, so that comments count too."""
    return any(
        "raises-exception" in c.tags or "getsource" in c.source for c in chapter.cells
    )


def module_digest(path: Path, raw: bool = False) -> str:
    """Digest of a module's syntax tree: comments and blank lines do not count."""
    if raw:
        return _sha(path.read_bytes())
    stat = path.stat()
    return _tree_digest(str(path), stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4096)
def _tree_digest(path: str, mtime: int, size: int) -> str:
    return _sha(treeform.text(tree_of(Path(path))).encode())


@lru_cache(maxsize=256)
def versions(foreign: frozenset[str]) -> dict[str, str]:
    """Python, machine, and the distributions behind the imported packages."""
    out = {"python": platform.python_version(), "machine": platform.machine()}
    table = _distributions()
    for name in sorted((foreign - sys.stdlib_module_names) | {"IPython"}):
        for dist in table.get(name, ()):
            out[dist.lower()] = metadata.version(dist)
    return out


@lru_cache(maxsize=1)
def _distributions():
    return metadata.packages_distributions()


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
