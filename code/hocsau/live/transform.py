"""Nhận ra ô nhúng và thay định nghĩa bằng lời gọi ``kernel.run``.

IPython biến đổi chữ của ô trước, cây cú pháp sau. Ta nhớ chữ (chú
thích không có trong cây) rồi sửa cây, nên số dòng, lệnh ma thuật, giá
trị cuối ô và lịch sử vẫn đúng như ô thường. Lỗi cú pháp thì không có
cây nào để sửa: IPython tự chỉ vào dòng sai.

Nhà: huong-dan.
"""

import ast
import re

from .lookup import SCOPE, bound_names, first_line

MARKER = re.compile(r"# (\w[\w/]*\.py) · ([^\W\d][\w.]*)\s*$")
_CALL = "__import__('hocsau.live.kernel', fromlist=['run']).run({})"


class LiveCells:
    """Hai móc nối vào IPython: một cho chữ, một cho cây cú pháp."""

    def __init__(self):
        self.text = None

    def remember(self, lines: list[str]) -> list[str]:
        """Móc chữ: nhớ chữ của ô nếu ô có dòng đánh dấu."""
        live = any(MARKER.match(line) for line in lines)
        self.text = "".join(lines) if live else None
        return lines

    def visit(self, tree: ast.AST) -> ast.AST:
        """Móc cây: không bao giờ ném lỗi, kẻo IPython gỡ móc ra."""
        text, self.text = self.text, None
        if text is None or not isinstance(tree, ast.Module):
            return tree
        try:
            same = ast.dump(ast.parse(text)) == ast.dump(tree)
        except SyntaxError:
            return tree
        return rewrite(text, tree) if same else tree


def rewrite(text: str, tree: ast.Module) -> ast.Module:
    """Thay định nghĩa dưới mỗi dòng đánh dấu bằng lời gọi ``run``."""
    lines = text.split("\n")
    marks = _markers(lines, tree)
    if not marks:
        return tree
    edges = [*(line for line, _, _ in marks), len(lines) + 1]
    body = [n for n in tree.body if first_line(n) < edges[0]]
    for (start, relpath, name), stop in zip(
        marks, edges[1:], strict=True
    ):
        nodes = [n for n in tree.body if start < first_line(n) < stop]
        size = own_size(nodes, name)
        end = nodes[size - 1].end_lineno if size else start
        shown = "\n".join(lines[start - 1 : end])
        at = nodes[0].lineno if nodes else start
        body += [_call(at, relpath, name, shown, start), *nodes[size:]]
    tree.body = body
    return tree


def _markers(lines, tree):
    """Các dòng đánh dấu, trừ những dòng nằm trong một câu lệnh."""
    inside = set()
    for node in tree.body:
        inside.update(range(first_line(node), node.end_lineno + 1))
    return [
        (number, *match.groups())
        for number, line in enumerate(lines, 1)
        if (match := MARKER.match(line)) and number not in inside
    ]


def own_size(nodes: list[ast.stmt], name: str) -> int:
    """Số câu lệnh đầu thuộc về định nghĩa; phần sau là của notebook.

    Định nghĩa kết thúc ở ``def``/``class`` cuối cùng mang tên ấy (hoặc
    ``f = trang_tri(f)`` theo sau), hay ở phép gán cuối với hằng số.
    """
    leaf = name.split(".")[-1]
    own = [i for i, n in enumerate(nodes) if leaf in bound_names(n)]
    scopes = [i for i in own if isinstance(nodes[i], SCOPE)]
    if not scopes:
        return own[-1] + 1 if own else 0
    size = scopes[-1] + 1
    for i in own:
        if i >= size and _redecorates(nodes[i], leaf):
            size = i + 1
    return size


def _redecorates(node, leaf):
    value = getattr(node, "value", None)
    return isinstance(value, ast.Call) and any(
        isinstance(a, ast.Name) and a.id == leaf for a in value.args
    )


def _call(line, *args):
    source = _CALL.format(", ".join(map(repr, args)))
    node = ast.parse(source).body[0]
    for part in ast.walk(node):
        if hasattr(part, "lineno"):
            part.lineno = part.end_lineno = line
            part.col_offset = part.end_col_offset = 0
    return node
