"""Tìm tệp của một mô-đun và định nghĩa của một tên, chỉ bằng ``ast``.

Không mô-đun nào bị nhập khi tìm: nhúng một hàm dùng torch không kéo
torch theo.

Nhà: huong-dan.
"""

import ast
import importlib.util
import os
import sys
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPE = (*FUNCTION, ast.ClassDef)


class EmbedError(ValueError):
    """Không nhúng được: thông báo nói ở đâu, sai gì và phải làm gì."""


def module_file(module: str, roots: list[Path] | None = None):
    """Trả về ``(tệp, gốc)`` của mô-đun; ``gốc / kim / autograd.py``."""
    if not all(part.isidentifier() for part in module.split(".")):
        raise EmbedError(
            f"{module!r} không phải tên mô-đun; viết kiểu "
            "kim.autograd:Tensor.backward"
        )
    for root in _default_roots(module) if roots is None else roots:
        base = Path(root, *module.split("."))
        for path in (base / "__init__.py", base.with_suffix(".py")):
            if path.is_file():
                return path, Path(root)
    raise EmbedError(
        f"{module}: không tìm thấy mô-đun; kiểm tra chính tả, hoặc tệp "
        f"{module.replace('.', '/')}.py đã đổi chỗ"
    )


def _default_roots(module):
    yield from (Path(p or os.curdir) for p in sys.path)
    top = module.partition(".")[0]
    try:  # gói cài bằng móc nhập không nằm trên sys.path
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return
    for place in (spec and spec.submodule_search_locations) or ():
        yield Path(place).parent


def parse_file(path: Path):
    """Đọc và phân tích một tệp; trả về ``(các dòng, cây cú pháp)``."""
    stat = os.stat(path)
    return _parse(str(path), stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _parse(path, _mtime, _size):
    raw = Path(path).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = raw[: e.start].count(b"\n") + 1
        raise EmbedError(
            f"{path}:{line}: tệp không ở mã UTF-8; lưu lại bằng UTF-8"
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return text.split("\n"), ast.parse(text)
    except (SyntaxError, ValueError) as e:
        line = getattr(e, "lineno", None) or 1
        raise EmbedError(
            f"{path}:{line}: mô-đun không phân tích được "
            f"({e.args[0]}); sửa lỗi cú pháp này trước"
        ) from None


def first_line(node) -> int:
    """Dòng đầu của một câu lệnh, kể cả trang trí ``@...``."""
    marks = getattr(node, "decorator_list", [])
    return min([node.lineno, *(d.lineno for d in marks)])


def bound_names(node) -> set[str]:
    """Những tên mà một câu lệnh định nghĩa: def, class, phép gán."""
    if isinstance(node, SCOPE):
        return {node.name}
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign | ast.AugAssign):
        targets = [node.target]
    else:
        targets = getattr(node, "name", None)  # ``type X = ...``
        targets = [targets] if isinstance(targets, ast.Name) else []
    return {
        n.id
        for t in targets
        for n in ast.walk(t)
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }


def definitions(tree, name: str, where: str) -> list[ast.stmt]:
    """Mọi câu lệnh định nghĩa tên có chấm ``name`` trong cây."""
    body, seen = tree.body, ""
    for part in name.split("."):
        nodes = [n for n in body if part in bound_names(n)]
        if not nodes:
            raise _not_found(tree, body, name, seen, part, where)
        seen = f"{seen}.{part}".lstrip(".")
        scope = nodes[-1]
        if seen != name and not isinstance(scope, ast.ClassDef):
            what = (
                "nằm trong một hàm: không nhúng được hàm lồng; nhúng "
                f"{seen} hoặc đưa nó ra ngoài"
                if isinstance(scope, FUNCTION)
                else f"không có: {seen} không phải lớp"
            )
            raise EmbedError(f"{where}:{scope.lineno}: {name} {what}")
        body = getattr(scope, "body", [])
    return nodes


def _not_found(tree, body, name, seen, part, where):
    full = f"{seen}.{part}".lstrip(".")
    hidden = _hidden(body, part)
    if hidden:
        return EmbedError(
            f"{where}:{hidden[1]}: {full} được định nghĩa dưới "
            f"{hidden[0]}: không nhúng được; đưa nó ra ngoài"
        )
    known = _all_names(tree)
    same = [k for k in known if k.split(".")[-1] == part]
    near = list(dict.fromkeys(same + get_close_matches(name, known)))
    hint = _elsewhere(tree, full, part) or "xem lại tên"
    if near:
        hint += "; gần giống: " + ", ".join(near[:4])
    return EmbedError(
        f"{where}: không có định nghĩa của {full}; {hint}"
    )


def _hidden(body, name):
    for node in body:
        if isinstance(node, SCOPE) or not hasattr(node, "body"):
            continue
        for inner in ast.walk(node):
            if inner is not node and name in bound_names(inner):
                return type(node).__name__.lower(), inner.lineno
    return None


def _all_names(tree, prefix=""):
    names = []
    for node in tree.body:
        names += [prefix + n for n in sorted(bound_names(node))]
        if isinstance(node, ast.ClassDef):
            names += _all_names(node, f"{prefix}{node.name}.")
    return names


def _elsewhere(tree, full, part):
    """Gợi ý khi tên được nhập về, hay được gắn vào lớp từ bên ngoài."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for a in node.names:
                if (a.asname or a.name) == full:
                    source = "." * node.level + (node.module or "")
                    return (
                        f"nó được nhập từ {source}: "
                        f"nhúng {source}:{a.name}"
                    )
        elif isinstance(node, ast.Assign):
            for t in node.targets:
                if (
                    isinstance(t, ast.Attribute)
                    and ast.unparse(t) == full
                ):
                    return (
                        f"dòng {node.lineno} chỉ gắn nó từ ngoài, "
                        "đó không phải định nghĩa trong thân lớp"
                    )
    return None


def reexport(tree, module: str, name: str):
    """``(mô-đun, tên)`` mà ``__init__`` nhập làm ``name``, nếu có."""
    head, _, rest = name.partition(".")
    if any(head in bound_names(n) for n in tree.body):
        return None
    for node in tree.body:
        if not isinstance(node, ast.ImportFrom):
            continue
        for alias in node.names:
            if (alias.asname or alias.name) != head:
                continue
            up = module.split(".")[: 1 - node.level or None]
            base = up if node.level else []
            parts = base + (
                node.module.split(".") if node.module else []
            )
            if not node.module:  # ``from . import autograd``
                return (
                    (".".join([*parts, alias.name]), rest)
                    if rest
                    else None
                )
            return ".".join(parts), alias.name + (rest and f".{rest}")
    return None
