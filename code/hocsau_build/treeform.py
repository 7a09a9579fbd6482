"""A syntax tree as text that every Python from 3.11 on writes in the same way.

``ast.dump`` does not: each version adds fields, or leaves out empty ones. Here what is
empty never counts, and the pieces of an f-string are joined, however they were parsed.
Standard library only: the page is built on one Python and recorded on another.
"""

from __future__ import annotations

import ast
from itertools import groupby


def text(tree: ast.AST) -> str:
    """The tree without positions, comments and blank lines."""
    return _value(tree)


def _value(value) -> str:
    if isinstance(value, ast.AST):
        return _node(value)
    if isinstance(value, list):
        return "[" + ",".join(map(_value, value)) + "]"
    return ascii(value)  # ``repr`` depends on the Unicode that a Python knows


def _node(node: ast.AST) -> str:
    fields = ((name, getattr(node, name, None)) for name in node._fields)
    if isinstance(node, ast.JoinedStr):
        fields = [("values", _pieces(node))]
    kept = (f"{n}={_value(v)}" for n, v in fields if not _empty(v))
    return f"{type(node).__name__}({','.join(kept)})"


def _empty(value) -> bool:
    """Also a format that says nothing, as in ``f"{x:}"``."""
    if isinstance(value, ast.JoinedStr):
        return not _pieces(value)
    return value is None or value == []


def _pieces(node: ast.JoinedStr) -> list:
    """Its parts: neighbouring texts in one, empty ones left out."""
    out: list = []
    for plain, group in groupby(node.values, lambda v: isinstance(v, ast.Constant)):
        if not plain:
            out += group
        elif said := "".join(v.value for v in group):
            out.append(ast.Constant(said))
    return out
