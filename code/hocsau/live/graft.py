"""Ghép thân lớp mới vào lớp đang sống: danh tính của lớp không đổi.

``class A(metaclass=ghép)`` với ``ghép`` là một đối tượng gọi được chứ
không phải lớp: Python đưa cho nó không gian tên mới, nó chép vào lớp cũ
rồi trả về lớp cũ. Đối tượng cũ, lớp con, ``super()`` vẫn chạy.

Nhà: huong-dan.
"""

import ast
import enum
from types import FunctionType

from .lookup import SCOPE, EmbedError
from .originals import BASES, plain, swap, swappable
from .undo import MISSING, Undo

_DATACLASS = {
    *("__init__", "__repr__", "__eq__", "__hash__", "__match_args__"),
    *("__lt__", "__le__", "__gt__", "__ge__", "__replace__"),
    *("__setattr__", "__delattr__"),
    *("__dataclass_fields__", "__dataclass_params__"),
}
_SKIP = {
    *("__module__", "__qualname__", "__classcell__", "__slots__"),
    *("__firstlineno__", "__static_attributes__", "__dict__"),
    *("__weakref__", "__classdictcell__"),
}
_NOTES = {
    "__annotations__",
    "__annotate_func__",
    "__annotations_cache__",
}
_IMPLICIT = {
    "__new__": staticmethod,
    "__init_subclass__": classmethod,
    "__class_getitem__": classmethod,
}


def class_names(node: ast.ClassDef) -> set[str]:
    """Các tên mà thân lớp gắn, đã đổi ``__x`` thành ``_Lop__x``."""
    names, stack = set(), list(node.body)
    hidden = (*SCOPE, ast.Lambda, ast.ListComp, ast.SetComp)
    hidden += (ast.DictComp, ast.GeneratorExp)
    while stack:
        n = stack.pop()
        if isinstance(n, SCOPE):
            names.add(n.name)
        elif isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store):
            names.add(n.id)
        elif isinstance(n, ast.alias):
            names.add((n.asname or n.name).partition(".")[0])
        if not isinstance(n, hidden):
            stack += ast.iter_child_nodes(n)
    if "__eq__" in names:
        names.add("__hash__")
    owner = node.name.lstrip("_")
    return {
        f"_{owner}{n}"
        if n[:2] == "__" and n[-2:] != "__" and owner
        else n
        for n in names
    }


def check(cls: type, node: ast.ClassDef, where: str) -> None:
    """Từ chối những lớp không ghép được, và nói vì sao."""
    why = _refusal(cls, node)
    if why:
        raise EmbedError(f"{where}: {why}")


def _refusal(cls, node):
    advice = (
        "chỉ sửa được từng phương thức của nó, mỗi ô một phương thức"
    )
    kind = type(cls)
    if isinstance(cls, enum.EnumMeta):
        return f"{node.name} là Enum: {advice}"
    if issubclass(cls, tuple) and hasattr(cls, "_fields"):
        return f"{node.name} là NamedTuple: {advice}"
    if kind is not type or any(
        k.arg == "metaclass" for k in node.keywords
    ):
        name = kind.__name__ if kind is not type else "mới thêm"
        return f"{node.name} có metaclass {name}: {advice}"
    if _slotted_dataclass(cls, node):
        return f"{node.name} là dataclass có slots=True: {advice}"
    return None


def _slotted_dataclass(cls, node):
    asked = any(
        k.arg == "slots" and getattr(k.value, "value", True)
        for d in node.decorator_list
        if isinstance(d, ast.Call)
        for k in d.keywords
    )
    made = {"__slots__", "__dataclass_fields__"} <= vars(cls).keys()
    return asked or (made and "__slots__" not in class_names(node))


class Graft:
    """Metaclass giả của một lần ghép vào ``cls``.

    ``names`` là các tên của thân cũ; None nghĩa là thân mới chỉ là vỏ
    bọc một phương thức, không bỏ tên nào đi.
    """

    def __init__(self, undo: Undo, cls: type, names, where: str):
        self.undo, self.cls, self.where = undo, cls, where
        self.names, self.before = names, undo.guard(cls)

    def __call__(self, _name, bases, space, **keywords):
        cls = self.cls
        cell = space.get("__classcell__")
        new = {k: v for k, v in space.items() if k not in _SKIP}
        for key, wrap in _IMPLICIT.items():
            if isinstance(new.get(key), FunctionType):
                new[key] = wrap(new[key])
        if self.names is None:
            new = {k: v for k, v in new.items() if k not in _NOTES}
            new.pop("__doc__", None)
        else:
            self._whole(bases, space, new)
        self._fill(new)
        if cell is not None:
            cell.cell_contents = cls
        for key, value in new.items():
            hook = getattr(type(value), "__set_name__", None)
            if hook:
                hook(value, cls, key)
        if self.names is not None:
            super(cls, cls).__init_subclass__(**keywords)
        return cls

    def _whole(self, bases, space, new):
        """Phần chỉ dành cho cả lớp: slots, lớp cha, tên bỏ đi."""
        cls = self.cls
        slots = [_slots(x.get("__slots__")) for x in (space, vars(cls))]
        if slots[0] != slots[1]:
            raise EmbedError(
                f"{self.where}: __slots__ đổi từ {slots[1]} thành "
                f"{slots[0]}; đối tượng đã tạo không đổi chỗ chứa "
                "được, giữ nguyên __slots__"
            )
        if "__eq__" in new:
            new.setdefault("__hash__", None)
        new.setdefault("__doc__", None)
        self._set_bases(bases or (object,))
        old = self.names | _NOTES
        if "__dataclass_fields__" in vars(cls):
            old = old | _DATACLASS
        for key in (old - new.keys() - _SKIP) & vars(cls).keys():
            self.undo.attr(cls, key, MISSING)

    def _set_bases(self, bases):
        cls = self.cls
        if bases == cls.__bases__:
            return
        before = cls.__bases__
        try:
            if any(type(b) is not type for b in bases):
                raise TypeError("metaclass")
            self.undo.bases(cls, bases)
        except TypeError as e:
            shown = ", ".join(b.__name__ for b in bases)
            raise EmbedError(
                f"{self.where}: không đổi lớp cha thành ({shown}) "
                f"được: {e}; giữ nguyên lớp cha"
            ) from None
        self.undo.item(BASES, id(cls), (cls, before))

    def _fill(self, new):
        """Hàm cùng tên đổi ruột tại chỗ; thứ khác gắn lại."""
        cls, kept = self.cls, {}
        for key, value in new.items():
            old = self.before.get(key)
            name = f"{cls.__qualname__}.{key}"
            if swappable(old, value, cls.__module__, name):
                swap(self.undo, plain(old), plain(value))
                kept[id(value)], kept[id(plain(value))] = (
                    old,
                    plain(old),
                )
        for key, value in new.items():
            self._set(key, kept.get(id(value), value))

    def _set(self, key, value):
        old = vars(self.cls).get(key, MISSING)
        if old is value:
            return
        self.undo.attr(self.cls, key, value)
        if self.names is None and callable(old):
            for other, same in list(vars(self.cls).items()):
                if same is old:  # bí danh, như ``__radd__ = __add__``
                    self.undo.attr(self.cls, other, value)


def _slots(value):
    if value is None or isinstance(value, str):
        return value and (value,)
    return tuple(value)
