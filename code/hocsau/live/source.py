"""Nguồn của một đối tượng được nhúng, và chữ hiện trong ô của nó.

Nhà: huong-dan.
"""

import ast
import io
import tokenize
from dataclasses import dataclass, field
from pathlib import Path

from . import patch as _patch
from .lookup import (
    FUNCTION,
    EmbedError,
    definitions,
    first_line,
    module_file,
    parse_file,
    reexport,
)

__all__ = [
    "EmbedError",
    "Found",
    "Part",
    "Rendered",
    "cell",
    "find",
    "render",
]


@dataclass(frozen=True)
class Found:
    """Một định nghĩa; ``spans`` là các khoảng dòng, đếm từ 1."""

    path: Path
    relpath: str
    module: str
    name: str
    spans: list[tuple[int, int]]
    kind: str
    text: str

    @property
    def marker(self) -> str:
        """Dòng đánh dấu ở đầu ô, ``# kim/ops.py · mul``."""
        return f"# {self.relpath} · {self.name}"


@dataclass(frozen=True)
class Part:
    """Một đối tượng trong ô.

    Dòng đếm từ 1 trong chữ của ô, ``start_line`` là dòng đánh dấu.
    """

    found: Found
    start_line: int
    end_line: int
    changed_lines: list[int] = field(default_factory=list)
    edited: bool = False


@dataclass(frozen=True)
class Rendered:
    """Chữ của cả ô và các phần của nó."""

    text: str
    parts: list[Part]


def find(
    module: str, name: str, roots: list[Path] | None = None
) -> Found:
    """Tìm ``module:name``; theo ``from .a import b`` của gói.

    Lỗi: ``EmbedError``, nói thiếu mô-đun, sai cú pháp hay thiếu tên.
    """
    for _ in range(8):
        path, root = module_file(module, roots)
        _, tree = parse_file(path)
        ahead = None
        if path.name == "__init__.py":
            ahead = reexport(tree, module, name)
        if ahead is None:
            return found_in(path, root, module, name)
        module, name = ahead
    raise EmbedError(
        f"{module}:{name}: chuỗi nhập lại quá dài hoặc vòng tròn"
    )


def found_in(path: Path, root: Path, module: str, name: str) -> Found:
    """Như ``find``, trong một tệp đã biết."""
    lines, tree = parse_file(path)
    if not all(p.isidentifier() for p in name.split(".")):
        raise EmbedError(
            f"{module}:{name!r} không phải tên có chấm của Python"
        )
    relpath = path.relative_to(root).as_posix()
    nodes = definitions(tree, name, relpath)
    spans = [_span(n, lines, tree) for n in nodes]
    pieces = [
        _dedent(lines[first - 1 : last], first, node)
        for (first, last), node in zip(spans, nodes, strict=True)
    ]
    text = pieces[0]
    for (first, _), piece in zip(spans[1:], pieces[1:], strict=True):
        text += "\n" * (1 + _blanks_above(lines, first)) + piece
    kind = _kind(nodes, name)
    return Found(path, relpath, module, name, spans, kind, text)


def _kind(nodes, name):
    if isinstance(nodes[-1], ast.ClassDef):
        return "class"
    if any(isinstance(n, FUNCTION) for n in nodes):
        return "method" if "." in name else "function"
    return "constant"


def _span(node, lines, tree):
    """Khoảng dòng của câu lệnh, gồm trang trí và chú thích sát trên."""
    first = first_line(node)
    mark = " " * node.col_offset + "#"
    if first < 2 or not lines[first - 2].startswith(mark):
        return first, node.end_lineno
    floor = max(
        (
            n.end_lineno
            for n in ast.walk(tree)
            if _ends_before(n, first)
        ),
        default=0,
    )
    while first - 1 > floor and lines[first - 2].startswith(mark):
        first -= 1
    return first, node.end_lineno


def _ends_before(node, line):
    return isinstance(node, ast.stmt) and node.end_lineno < line


def _blanks_above(lines, first):
    count = 0
    while (
        count < 2
        and first > 1 + count
        and not lines[first - 2 - count].strip()
    ):
        count += 1
    return count


def _dedent(lines, first, node):
    """Bỏ thụt lề của câu lệnh; trong chuỗi nhiều dòng chỉ docstring."""
    col = node.col_offset
    if not col:
        return "\n".join(lines)
    keep = _string_lines(lines, first, node)
    return "\n".join(
        line
        if i in keep
        else line[min(col, len(line) - len(line.lstrip())) :]
        for i, line in enumerate(lines)
    )


def _string_lines(lines, first, node):
    """Các dòng bắt đầu bên trong một chuỗi không phải docstring."""
    docs = {
        n.body[0].value.lineno - first
        for n in ast.walk(node)
        if isinstance(n, (*FUNCTION, ast.ClassDef))
        and ast.get_docstring(n, clean=False) is not None
    }
    inside, opened = set(), []
    stream = io.StringIO("\n".join(lines) + "\n")
    for token in tokenize.generate_tokens(stream.readline):
        start, end = token.start[0] - 1, token.end[0] - 1
        kind = tokenize.tok_name[token.type]
        if kind.endswith("STRING_START"):
            opened.append(start)
        elif kind.endswith("STRING_END"):
            inside.update(range(opened.pop() + 1, end + 1))
        elif kind == "STRING" and start not in docs:
            inside.update(range(start + 1, end + 1))
    return inside


def render(
    module: str,
    names: list[str],
    patch: str = "",
    roots: list[Path] | None = None,
) -> Rendered:
    """Chữ của ô nhúng, từng phần, và những dòng mà bản vá đã đổi.

    Lỗi: ``EmbedError`` khi thiếu đối tượng hoặc bản vá không khớp.
    """
    if not names or not all(names):
        raise EmbedError(
            f"{module}: thiếu tên; viết kiểu kim.ops:Mul, mul"
        )
    founds = [find(module, n, roots) for n in names]
    where = f"{module}:{', '.join(names)}"
    shown = [f.text.split("\n") for f in founds]
    if patch.strip():
        new = _patch.apply(shown, patch, where)
    else:
        new = [[(line, False) for line in lines] for lines in shown]
    text, parts = [], []
    for found, old, lines in zip(founds, shown, new, strict=True):
        if text:
            text.append("")
        start = len(text) + 1
        text += [found.marker, *(line for line, _ in lines)]
        changed = [start + i for i, (_, c) in enumerate(lines, 1) if c]
        edited = [line for line, _ in lines] != old
        parts.append(Part(found, start, len(text), changed, edited))
    result = Rendered("\n".join(text), parts)
    if patch.strip():
        _check(result, where)
    return result


def _check(rendered, where):
    try:
        ast.parse(rendered.text)
    except SyntaxError as e:
        raise EmbedError(
            f"{where}: sau bản vá, dòng {e.lineno} của ô sai cú pháp "
            f"({e.msg}); sửa bản vá:\n{rendered.text}"
        ) from None


def cell(
    module: str,
    names: list[str],
    patch: str = "",
    roots: list[Path] | None = None,
) -> str:
    """Chữ hiện trong ô: dòng đánh dấu rồi nguồn, cho từng tên."""
    return render(module, names, patch, roots).text
