"""Bản gốc của những gì đã sửa, và cách trả lại.

Thư viện luôn là *bản gốc cộng một lần sửa cho mỗi đích*: trước khi sửa
lại một đích, đích ấy được trả về bản gốc.

Nhà: huong-dan.
"""

from types import FunctionType

from .spaces import rebind, replace
from .undo import MISSING, Undo, function_state

TOP = {}  # (mô-đun, tên) -> (đối tượng gốc,)
ATTRS = {}  # (id lớp, tên) -> (lớp, giá trị gốc)
STATES = {}  # id hàm -> (hàm, ruột gốc)
BASES = {}  # id lớp -> (lớp, các lớp cha gốc)
EXTRAS = {}  # (mô-đun, đích) -> những tên khác mà lần sửa ấy đã đụng


def plain(value) -> FunctionType | None:
    """Chính hàm ``value``, hoặc hàm trong static/classmethod."""
    if isinstance(value, staticmethod | classmethod):
        value = value.__func__
    return value if isinstance(value, FunctionType) else None


def owned(value, module: str, name: str) -> bool:
    """``value`` đúng là thứ được định nghĩa dưới ``module:name``?"""
    return (
        getattr(value, "__module__", None) == module
        and getattr(value, "__qualname__", None) == name
    )


def swappable(old, new, module: str, name: str) -> bool:
    """Hàm cũ có thể nhận ruột của hàm mới mà giữ nguyên danh tính?"""
    f, g = plain(old), plain(new)
    if f is None or g is None or type(old) is not type(new):
        return False
    free = f.__code__.co_freevars
    return (
        all(owned(h, module, name) for h in (f, g))
        and not any(hasattr(h, "__wrapped__") for h in (f, g))
        and free == g.__code__.co_freevars
        and free in ((), ("__class__",))
    )


def swap(undo: Undo, f: FunctionType, g: FunctionType) -> None:
    """Cho ``f`` ruột của ``g``; nhớ ruột gốc của ``f``."""
    if id(f) not in STATES:
        undo.item(STATES, id(f), (f, function_state(f)))
    state = function_state(g)
    state["__dict__"] = {**f.__dict__, **state["__dict__"]}
    undo.function(f, state)


def restore(undo: Undo, module, dotted: str, notebook: dict) -> bool:
    """Trả đích ``dotted`` về bản gốc; cho biết có gì đã đổi không."""
    extras = EXTRAS.get((module.__name__, dotted), ())
    undo.item(EXTRAS, (module.__name__, dotted), MISSING)
    before = len(undo.steps)
    for cls, name in extras:
        _restore_one(undo, module, cls, name, notebook)
    head, _, leaf = dotted.rpartition(".")
    if not head:
        _restore_one(undo, module, None, leaf, notebook)
    else:
        cls = live(module, head)
        if isinstance(cls, type):
            _restore_one(undo, module, cls, leaf, notebook)
    return len(undo.steps) > before


def live(module, dotted: str):
    """Đối tượng hiện mang tên ``dotted``, đọc thẳng từ ``__dict__``."""
    value = module
    for part in dotted.split("."):
        space = getattr(value, "__dict__", {})
        value = space.get(part, MISSING)
    return value


def _restore_one(undo, module, cls, name, notebook):
    if cls is None:
        key = (module.__name__, name)
        if key in TOP:
            (value,) = TOP[key]
            undo.item(TOP, key, MISSING)
            rebind(undo, module, name, value, notebook)
        value = vars(module).get(name)
    else:
        _restore_attrs(undo, module, [(id(cls), name)], notebook)
        value = vars(cls).get(name)
    _restore_value(undo, module, value, notebook)


def _restore_attrs(undo, module, keys, notebook):
    pairs = []
    for key in keys:
        if key in ATTRS:
            cls, value = ATTRS[key]
            if callable(value):
                pairs.append(
                    (key[1], vars(cls).get(key[1], MISSING), value)
                )
            undo.item(ATTRS, key, MISSING)
            undo.attr(cls, key[1], value)
    replace(undo, module, pairs, notebook)


def _restore_value(undo, module, value, notebook):
    f = plain(value)
    if f is not None and id(f) in STATES:
        undo.function(f, STATES[id(f)][1])
        undo.item(STATES, id(f), MISSING)
    if isinstance(value, type) and value.__module__ == module.__name__:
        _restore_class(undo, module, value, notebook)


def _restore_class(undo, module, cls, notebook):
    if id(cls) in BASES:
        undo.bases(cls, BASES[id(cls)][1])
        undo.item(BASES, id(cls), MISSING)
    keys = [k for k in ATTRS if k[0] == id(cls)]
    _restore_attrs(undo, module, keys, notebook)
    inner = cls.__qualname__ + "."
    for value in list(vars(cls).values()):
        thing = plain(value) or value
        if getattr(thing, "__qualname__", "").startswith(inner):
            _restore_value(undo, module, value, notebook)
