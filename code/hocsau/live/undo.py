"""Sổ sửa đổi: mọi thay đổi đi qua đây, nên thân ô lỗi không để lại gì.

Nhà: huong-dan.
"""

from types import FunctionType

MISSING = object()
_FIELDS = ("__code__", "__defaults__", "__kwdefaults__", "__doc__")
_LAZY = hasattr(FunctionType, "__annotate__")  # Python 3.14
_NOTES = "__annotate__" if _LAZY else "__annotations__"


def function_state(f: FunctionType) -> dict:
    """Những gì làm nên một hàm, trừ danh tính và bao đóng của nó."""
    state = {k: getattr(f, k) for k in (*_FIELDS, _NOTES)}
    if hasattr(f, "__type_params__"):
        state["__type_params__"] = f.__type_params__
    state["__dict__"] = dict(f.__dict__)
    return state


class Undo:
    """Ghi từng thay đổi và cách hoàn lại; ``back`` hoàn lại hết."""

    def __init__(self):
        self.steps = []

    def item(self, table: dict, key, value) -> None:
        """``table[key] = value``; ``MISSING`` là xóa."""
        before = table.get(key, MISSING)
        self.steps.append(lambda: _put(table, key, before))
        _put(table, key, value)

    def attr(self, cls: type, key: str, value) -> None:
        """Như ``item``, trên thuộc tính riêng của một lớp."""
        before = vars(cls).get(key, MISSING)
        self.steps.append(lambda: put_attr(cls, key, before))
        put_attr(cls, key, value)

    def function(self, f: FunctionType, state: dict) -> None:
        """Đổi ruột của hàm ``f``; ai đang giữ ``f`` đều thấy."""
        before = function_state(f)
        self.steps.append(lambda: _fill(f, before))
        _fill(f, state)

    def bases(self, cls: type, bases: tuple) -> None:
        """Đổi các lớp cha."""
        before = cls.__bases__
        cls.__bases__ = bases
        self.steps.append(lambda: setattr(cls, "__bases__", before))

    def guard(self, cls: type) -> dict:
        """Chụp ``vars(cls)``: hoàn lại cả những gì trang trí sửa."""
        before = dict(vars(cls))

        def restore():
            for key in {*before, *vars(cls)}:
                value = before.get(key, MISSING)
                if vars(cls).get(key, MISSING) is not value:
                    put_attr(cls, key, value)

        self.steps.append(restore)
        return before

    def back(self) -> None:
        """Hoàn lại mọi thay đổi, từ cuối về đầu."""
        while self.steps:
            self.steps.pop()()


def _put(table, key, value):
    if value is MISSING:
        table.pop(key, None)
    else:
        table[key] = value


def put_attr(cls, key, value):
    """Đặt hoặc xóa thuộc tính, bỏ qua metaclass."""
    if value is not MISSING:
        type.__setattr__(cls, key, value)
    elif key in vars(cls):
        type.__delattr__(cls, key)


def _fill(f, state):
    for key, value in state.items():
        setattr(f, key, dict(value) if key == "__dict__" else value)
