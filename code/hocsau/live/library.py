"""Mô-đun và tệp đứng sau một ô nhúng.

Nhà: huong-dan.
"""

import __future__

import ast
import importlib
import itertools
import linecache
from pathlib import Path

from .lookup import EmbedError

_counter = itertools.count(1)


def load(relpath, where):
    """Nhập mô-đun mà dòng đánh dấu nêu."""
    parts = list(Path(relpath).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    name = ".".join(parts)
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as e:
        if e.name and f"{name}.".startswith(f"{e.name}."):
            raise EmbedError(
                f"{where}: chưa có gói {e.name}; chạy ô cài đặt "
                "ở đầu notebook, hoặc xóa dòng đánh dấu để chạy thường"
            ) from None
        raise


def file_of(module, relpath, where):
    """``(tệp, gốc)`` của mô-đun đã nạp, đúng là ``relpath``."""
    path = Path(getattr(module, "__file__", None) or "?")
    depth = len(Path(relpath).parts)
    if not path.as_posix().endswith(relpath) or not path.is_file():
        raise EmbedError(
            f"{where}: {module.__name__} được nạp từ {path}, không "
            f"phải {relpath}; khởi động lại nhân"
        )
    return path, path.parents[depth - 1]


def future_of(tree):
    """Cờ biên dịch của các dòng ``from __future__``."""
    flags = 0
    for node in tree.body:
        if (
            isinstance(node, ast.ImportFrom)
            and node.module == "__future__"
        ):
            for alias in node.names:
                flags |= getattr(__future__, alias.name).compiler_flag
    return flags


def known(filename, text, line, where):
    """Tên tệp mà ``linecache`` biết, để dấu vết lỗi hiện chữ của ô."""
    if filename in linecache.cache:
        return filename
    name = f"<{where} #{next(_counter)}>"
    lines = ["\n"] * (line - 1) + text.splitlines(keepends=True)
    linecache.cache[name] = (len(text), None, lines, name)
    return name
