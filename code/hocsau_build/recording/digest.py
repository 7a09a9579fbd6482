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


def seed(chapter: Chapter, index: int) -> int | None:
    """Last seed that the code up to the cell sets in so many words."""
    found = None
    for cell in chapter.cells[: index + 1]:
        try:
            tree = ast.parse(blank_magic(cell.source))
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            found = _seed(node) if _seed(node) is not None else found
    return found


def _seed(node: ast.AST) -> int | None:
    if isinstance(node, ast.Call) and _name(node.func) in SEEDED and node.args:
        return _whole(node.args[0])
    if isinstance(node, ast.Assign) and "seed" in map(_lower, node.targets):
        return _whole(node.value)
    if isinstance(node, ast.keyword) and node.arg == "seed":
        return _whole(node.value)
    return None


def _name(node: ast.AST) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


def _lower(node: ast.AST) -> str:
    return _name(node).lower()


def _whole(node: ast.AST) -> int | None:
    value = getattr(node, "value", None)
    return value if type(value) is int else None


def glued(chapter: Chapter, index: int) -> list[str]:
    """Names of results that the cell gives to the prose, read from its text."""
    try:
        tree = ast.parse(blank_magic(chapter.cells[index].source))
    except SyntaxError:
        return []
    calls = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and n.args)
    first = (c.args[0] for c in calls if _name(c.func) == "glue")
    return [a.value for a in first if isinstance(a, ast.Constant)]
