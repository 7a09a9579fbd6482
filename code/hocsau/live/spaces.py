"""Thay một đối tượng ở mọi không gian tên của ta đang giữ nó.

Nhà: huong-dan.
"""

import sys

from .undo import MISSING, Undo

_ATOMS = (int, float, complex, str, bytes, tuple, frozenset, type(None))
_SHARED = ("site-packages", "dist-packages")


def replace(undo: Undo, module, pairs: list, notebook: dict) -> None:
    """Thay theo danh tính, với mỗi bộ ``(tên, cũ, mới)``.

    Số, chuỗi và bộ chỉ thay dưới đúng tên ấy: số 10 nào cũng là một.
    """
    table = {
        id(old): (name, new, old)
        for name, old, new in pairs
        if old is not MISSING and new is not MISSING and old is not new
    }
    if not table:
        return
    for space in (*_own_spaces(module), notebook):
        for key, value in list(space.items()):
            name, new, old = table.get(id(value), (None, None, MISSING))
            if value is old and (
                key == name or not isinstance(old, _ATOMS)
            ):
                undo.item(space, key, new)


def rebind(undo: Undo, module, name: str, new, notebook: dict) -> None:
    """Gắn ``name`` vào ``new``, ở mọi nơi đang giữ đồ cũ."""
    old = vars(module).get(name, MISSING)
    undo.item(vars(module), name, new)
    replace(undo, module, [(name, old, new)], notebook)


def _own_spaces(module):
    """Không gian tên của các mô-đun của ta: cùng gói, hoặc cùng gốc."""
    tops = {module.__name__.partition(".")[0], "kim", "hocsau"}
    root = _root(module)
    for name, other in list(sys.modules.items()):
        if name.startswith("hocsau.live"):
            continue
        near = name.partition(".")[0] in tops
        if near or (root and _root(other) == root):
            space = getattr(other, "__dict__", None)
            if isinstance(space, dict):
                yield space


def _root(module):
    """Thư mục chứa gói ngoài cùng; None với kho gói chung của máy."""
    path = getattr(module, "__file__", None)
    name = getattr(module, "__name__", None)
    if not isinstance(path, str) or not isinstance(name, str):
        return None
    parts = path.replace("\\", "/").split("/")
    up = name.count(".") + (2 if parts[-1] == "__init__.py" else 1)
    root = "/".join(parts[:-up])
    std = sys.modules["os"].__file__.replace("\\", "/")
    shared = root.endswith(_SHARED) or root == std.rpartition("/")[0]
    return None if shared else root
