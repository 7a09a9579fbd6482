"""Which of our own modules a piece of code depends on, by reading, never importing.

Imports are followed through the syntax tree, transitively. A package whose
``__init__`` only re-exports is looked through: ``from kim import Tensor`` depends on
the module that defines ``Tensor``, not on everything the package imports.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path


@dataclass
class Closure:
    """Result of a walk: our modules, foreign top-level names, named strings."""

    modules: dict[str, Path] = field(default_factory=dict)
    loaded: set[str] = field(default_factory=set)
    bindings: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)


@lru_cache(maxsize=4096)
def _parse(path: str, mtime: int, size: int) -> ast.Module:
    return ast.parse(Path(path).read_bytes(), filename=path)


def tree_of(path: Path) -> ast.Module:
    """Syntax tree of a file, cached by its time and size."""
    stat = path.stat()
    return _parse(str(path), stat.st_mtime_ns, stat.st_size)


def remember(tree: ast.AST, name: str, make):
    """What ``make(tree)`` found, computed once for a tree: trees are never changed."""
    kept = tree.__dict__.setdefault("_found", {})
    if name not in kept:
        kept[name] = make(tree)
    return kept[name]


class Walker:
    """Collects the closure of some sources within the source roots."""

    def __init__(self, roots: list[Path]):
        self.roots = roots
        self.out = Closure()
        self._seen: set[str] = set()

    def locate(self, module: str) -> Path | None:
        """File of one of our modules, or None when it is not ours."""
        parts = module.split(".")
        for root in self.roots:
            base = root.joinpath(*parts)
            if (base / "__init__.py").is_file():
                return base / "__init__.py"
            if base.with_suffix(".py").is_file():
                return base.with_suffix(".py")
        return None

    def ours(self, module: str) -> bool:
        return any((root / module.split(".")[0]).is_dir() for root in self.roots)

    def add_source(self, tree: ast.AST, package: str = "") -> None:
        """Follow every import of a tree, at whatever depth it stands."""
        for node in remember(tree, "imports", _imports):
            for alias in node.names:
                if isinstance(node, ast.Import):
                    self._package(alias.name, alias.asname or alias.name, tree)
                else:
                    self._from(_absolute(node, package), alias, tree)

    def add_module(self, module: str) -> None:
        """Take a module of ours with everything it imports."""
        path = self.locate(module)
        if path is None or module in self._seen:
            return
        self._seen.add(module)
        self._parents(module)
        self.out.modules[module] = path
        self.out.loaded.add(module)
        self.add_source(tree_of(path), _package(module, path))

    def _parents(self, module: str) -> None:
        head = module.rpartition(".")[0]
        if head and self.locate(head):
            if self._reexports(head) is None:
                self.add_module(head)
            else:
                self._load(head)

    def _package(self, module: str, bound: str, tree: ast.AST) -> None:
        """Follow a whole module known as ``bound`` in ``tree``."""
        if not self.ours(module):
            self.out.foreign.add(module.split(".")[0])
            return
        names = self._reexports(module)
        used = _attributes(tree, bound)
        if names is None or used is None:
            self.add_module(module)
            return
        self._load(module)
        for name in sorted(used):
            self._name(module, name)

    def _from(self, base: str, alias: ast.alias, tree: ast.AST) -> None:
        """Follow ``from base import name``; a package may be used name by name."""
        whole = f"{base}.{alias.name}"
        if alias.name != "*" and self._reexports(whole) is not None:
            self._parents(whole)
            self._package(whole, alias.asname or alias.name, tree)
        else:
            self._name(base, alias.name)

    def _name(self, base: str, name: str) -> None:
        """Follow one name of one of our modules."""
        if not self.ours(base):
            self.out.foreign.add(base.split(".")[0])
            return
        if name != "*" and self.locate(f"{base}.{name}"):
            self.add_module(f"{base}.{name}")
            return
        names = self._reexports(base)
        if names is None or name not in names:
            self.add_module(base)
            return
        origin, original = names[name]
        self._load(base)
        self.out.bindings.add(f"{base}.{name}={origin}:{original}")
        self._name(origin, original)

    def _reexports(self, package: str) -> dict[str, tuple[str, str]] | None:
        """Name table of a pure re-export ``__init__``; None for any other module."""
        path = self.locate(package)
        if path is None or path.name != "__init__.py":
            return None
        table: dict[str, tuple[str, str]] = {}
        for node in tree_of(path).body:
            if isinstance(node, ast.ImportFrom) and node.names[0].name != "*":
                origin = _absolute(node, package)
                if not self.ours(origin):
                    return None
                for alias in node.names:
                    table[alias.asname or alias.name] = (origin, alias.name)
            elif not _inert(node):
                return None
        return table or None

    def _load(self, package: str) -> None:
        """Note what importing a looked-through package will bring into memory."""
        if package in self.out.loaded:
            return
        side = Walker(self.roots)
        side._reexports = lambda _: None  # follow everything
        side.add_module(package)
        self.out.loaded |= set(side.out.modules)


def _inert(node: ast.stmt) -> bool:
    """Docstrings and ``__all__`` do not make a package more than a re-export."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Assign) and all(
        isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets
    )


def _package(module: str, path: Path) -> str:
    return module if path.name == "__init__.py" else module.rpartition(".")[0]


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    parts = parts[: len(parts) - node.level + 1]
    return ".".join(parts + ([node.module] if node.module else []))


def _imports(tree: ast.AST) -> list:
    return [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]


def _attributes(tree: ast.AST, name: str) -> set[str] | None:
    """Attributes read from ``name``; None when the name is used in any other way."""
    first, dot = name.split(".")[0], f"{name}."
    chains = [c for c in remember(tree, "chains", _chains) if c.split(".")[0] == first]
    if not all(c.startswith(dot) for c in chains):
        return None
    return {c.removeprefix(dot).split(".")[0] for c in chains}


def _chains(tree: ast.AST) -> set[str]:
    """Every ``a`` and ``a.b.c`` that a tree reads or binds, as long as it goes."""
    out, todo = set(), [tree]
    while todo:
        node = todo.pop()
        if chain := _dotted(node):
            out.add(chain)
        else:
            todo.extend(ast.iter_child_nodes(node))
    return out


def _dotted(node: ast.AST) -> str:
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *parts[::-1]]) if isinstance(node, ast.Name) else ""
