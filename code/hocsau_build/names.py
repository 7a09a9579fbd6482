"""Names that a cell binds, and names that it needs from elsewhere, read statically."""

from __future__ import annotations

import builtins
import symtable

from .chapter import Cell
from .gaps import blank_magic


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


def _table(cell: Cell) -> symtable.SymbolTable | None:
    try:
        return symtable.symtable(blank_magic(cell.source), "cell", "exec")
    except (SyntaxError, ValueError):
        return None  # the run itself says it, with its line


def _scopes(table: symtable.SymbolTable):
    yield table
    for child in table.get_children():
        yield from _scopes(child)
