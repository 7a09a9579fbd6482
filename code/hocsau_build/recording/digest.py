"""What the outputs of a GPU cell came from: its code, all code before, their modules.

Unlike the key of a page it holds no versions: the machine that records has others, and
they stand in the provenance. Every Python from 3.11 on gives the same digest. What
comes after the cell does not count either.
"""

from __future__ import annotations

import ast
import hashlib
import json
from dataclasses import replace

from .. import assemble, key
from ..chapter import Chapter
from ..gaps import blank_magic
from ..layout import Book

#: Raise when the meaning of the digest changes: every recording is then stale.
FORMAT = 2
SEEDED = {"manual_seed", "default_rng", "seed", "manual_seed_all"}


def gpu_cells(chapter: Chapter) -> list[int]:
    """Numbers (from 0, among code cells) of the cells that need a GPU."""
    return [i for i, cell in enumerate(chapter.cells) if "gpu" in cell.tags]


def digest(chapter: Chapter, index: int, book: Book) -> str:
    """Digest of everything that the outputs of cell ``index`` came from."""
    part = replace(chapter, cells=chapter.cells[: index + 1])
    setup = assemble.setup_source(part, book)
    closure = key.safe_dependencies(part, book, setup)
    return key.content_digest(
        {"format": FORMAT, **key.content(part, closure, book, setup)}
    )


def own_digest(chapter: Chapter, index: int) -> str:
    """Digest of the cell's own text: finds it again after others have changed."""
    cell = chapter.cells[index]
    own = [cell.source.strip(), cell.embed]
    return hashlib.sha256(json.dumps(own).encode()).hexdigest()


def seeds(chapter: Chapter, index: int) -> list[int]:
    """Seeds that the cell itself sets; none when one of them cannot be read off."""
    tree = _tree(chapter, index)
    if tree is None:
        return []
    once = _bound_once(tree)
    found = [s for n in ast.walk(tree) if (s := _seed(n)) is not None]
    whole = {_whole(once.get(_name(s), s)) for s in found}
    return [] if None in whole else sorted(whole)


def _tree(chapter: Chapter, index: int) -> ast.Module | None:
    try:
        return ast.parse(blank_magic(chapter.cells[index].source))
    except SyntaxError:
        return None


def _seed(node: ast.AST) -> ast.AST | None:
    """The expression that a node takes as a seed."""
    if isinstance(node, ast.Call) and _name(node.func) in SEEDED and node.args:
        return node.args[0]
    if isinstance(node, ast.Assign) and "seed" in map(_lower, node.targets):
        return node.value
    return node.value if isinstance(node, ast.keyword) and node.arg == "seed" else None


def _bound_once(tree: ast.Module) -> dict[str, ast.AST]:
    """Names with one value in the whole cell, and that value."""
    nodes = list(ast.walk(tree))
    names = [n.id for n in nodes if isinstance(getattr(n, "ctx", None), ast.Store)
             and isinstance(n, ast.Name)]  # fmt: skip
    names += [n.arg for n in nodes if isinstance(n, ast.arg)]
    pairs = ((_name(t), n.value) for n in nodes if isinstance(n, ast.Assign)
             for t in n.targets)  # fmt: skip
    return {name: value for name, value in pairs if names.count(name) == 1}


def _name(node: ast.AST) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


def _lower(node: ast.AST) -> str:
    return _name(node).lower()


def _whole(node: ast.AST) -> int | None:
    value = getattr(node, "value", None)
    return value if type(value) is int else None


def glued(chapter: Chapter, index: int) -> list[str]:
    """Names of results that the cell gives to the prose, read from its text."""
    tree = _tree(chapter, index)
    if tree is None:
        return []
    calls = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and n.args)
    first = (c.args[0] for c in calls if _name(c.func) == "glue")
    return [a.value for a in first if isinstance(a, ast.Constant)]
