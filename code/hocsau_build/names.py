"""Names that a cell binds, and names that it needs from elsewhere, read statically."""

from __future__ import annotations

import ast
import builtins
import symtable

from .chapter import Cell
from .gaps import blank_magic

#: Fields of a node that run before the others, whatever their order in the tree.
ORDER = {"generators": 0, "iter": 1, "value": 1, "targets": 2, "target": 2}
#: Fields that bind a name written as plain text.
NAMING = {"name", "asname", "rest"}
#: Nodes whose body does not run where they stand.
LATER = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def bound(cell: Cell) -> set[str]:
    """Names that the notebook has after the cell ran."""
    found = set(cell.embed[1]) if cell.embed else set()
    found = {name.split(".")[0] for name in found}
    top = _table(cell)
    if top is None:
        return found
    for scope in _scopes(top):
        for symbol in scope.get_symbols():
            ours = scope is top or symbol.is_declared_global()
            if ours and (symbol.is_assigned() or symbol.is_imported()):
                found.add(symbol.get_name())
    return found


def used(cell: Cell) -> set[str]:
    """Names that the cell, or a function in it, looks up in the notebook."""
    top = _table(cell)
    if top is None or cell.embed:
        return set()
    found = {s.get_name() for s in top.get_symbols() if s.is_referenced()}
    for scope in _scopes(top):
        found |= {
            s.get_name() for s in scope.get_symbols()
            if scope is not top and s.is_global() and s.is_referenced()
        }  # fmt: skip
    return found - set(dir(builtins))


def early(cell: Cell) -> set[str]:
    """Names that the cell reads as it runs, before it binds them."""
    try:
        tree = ast.parse("" if cell.embed else blank_magic(cell.source))
    except (SyntaxError, ValueError):
        return set()
    have, found = set(dir(builtins)), set()
    _follow(tree, have, found)
    return found


def _follow(node: ast.AST, have: set[str], found: set[str]) -> None:
    """Walk in the order of the run; what a function does comes when it is called."""
    if isinstance(node, ast.AugAssign):  # ``x += 1`` reads x first
        found |= {getattr(node.target, "id", "")} - have - {""}
    if isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Load) and node.id not in have:
            found.add(node.id)
        have.add(node.id)
    for name, value in sorted(ast.iter_fields(node), key=lambda f: ORDER.get(f[0], 3)):
        if isinstance(value, str) and name in NAMING:
            have.add(value.split(".")[0])
        elif not (name == "body" and isinstance(node, LATER)):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    _follow(child, have, found)


def _table(cell: Cell) -> symtable.SymbolTable | None:
    try:
        return symtable.symtable(blank_magic(cell.source), "cell", "exec")
    except (SyntaxError, ValueError):
        return None  # the run itself says it, with its line


def _scopes(table: symtable.SymbolTable):
    yield table
    for child in table.get_children():
        yield from _scopes(child)
