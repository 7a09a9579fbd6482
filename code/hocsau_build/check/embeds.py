"""Rules on embedded cells: the object must be there before anything runs."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from ..assemble import render
from ..closure import Walker, tree_of
from ..errors import BookError
from .page import READ, Page
from .rule import Source, rule

READ.append(re.compile(r"\bimport\b").search)
CELL = "# Trang\n\n```{{code-cell}} ipython3\n:embed: {}\n```\n"
MODULE = '"""Phép thử."""\n\n\ndef twice(x):\n    return 2 * x\n'


@rule(
    "E01",
    title="đối tượng nhúng phải có, mô-đun phải phân tích được, bản vá phải khớp",
    why="ô nhúng luôn cho xem mã hiện tại; nhúng hỏng thì trang nói sai",
    fix="sửa :embed:, bản vá, hoặc mô-đun được nêu tên",
    good={"book/a.md": CELL.format("pkg.a:twice"), "code/pkg/a.py": MODULE},
    bad={"book/a.md": CELL.format("pkg.a:thrice"), "code/pkg/a.py": MODULE},
    structural=True,
)
def embeds_exist(page: Page, source: Source):
    for cell in page.cells:
        if "embed" in cell.options:
            found = embedded(page, cell, source)
            if isinstance(found, BookError):
                yield found.problem.line, found.problem.what
    named = {cell.embed[0] for cell in page.cells if cell.embed}
    yield from broken_modules(named | imports(page), source)


def embedded(page: Page, cell, source: Source):
    """Rendered text of an embedded cell, or the ``BookError`` it raises."""
    if cell.embed is None or not cell.embed[1]:
        what = "tùy chọn :embed: trống hoặc thiếu tên đối tượng"
        return BookError(page.shown, cell.line, "E01", what, "")
    module, names = cell.embed
    key = ("embed", module, tuple(names), cell.source)

    def make():
        try:
            code = source.book.code
            return render(module, names, cell.source, code, page, cell)
        except BookError as exc:
            return exc.problem.what

    found = source.memo(key, make)
    if isinstance(found, str):
        return BookError(page.shown, cell.line, "E01", found, "")
    return found


def imports(page: Page) -> set[str]:
    """Modules that the cells of a page import, dotted."""
    out = set()
    for _, node in page.nodes[ast.Import]:
        out |= {alias.name for alias in node.names}
    for _, node in page.nodes[ast.ImportFrom]:
        if node.module:
            out.add(node.module)
            out |= {f"{node.module}.{alias.name}" for alias in node.names}
    return out


def broken_modules(names: set[str], source: Source):
    """Modules of ours that these reach and that do not parse."""
    walker = source.memo(("walker",), lambda: Walker([source.book.code]))
    seen: set[str] = source.memo(("reached",), set)
    todo = sorted(names)
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        if (head := name.rpartition(".")[0]) and head not in seen:
            todo.append(head)
        path = walker.locate(name)
        if path is None:
            continue
        try:
            todo += _reached(tree_of(path), name, path)
        except SyntaxError as exc:
            what = f"mô-đun không phân tích được: {exc.msg}"
            yield source.book.show(path), exc.lineno or 1, what


def _reached(tree: ast.Module, name: str, path: Path) -> list[str]:
    """Names a module imports, at whatever depth."""
    out = []
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            out += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join(
                [
                    *(parts if node.level else []),
                    *([node.module] if node.module else []),
                ]
            )
            out += [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return out
