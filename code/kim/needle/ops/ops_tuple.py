"""Bộ Tensor: ghép, lấy phần, phép gộp trả hai kết quả.

Lõi của kim chỉ có phép một kết quả, nên ở đây bộ là một bộ Python chứa
các Tensor; gradient chảy qua từng phần như thường.

Nhà: dlsys/08.
"""

from .ops_mathematic import add_scalar


class TensorTuple(tuple):
    """Bộ các Tensor."""

    def __add__(self, other):
        """Cộng từng phần của hai bộ cùng độ dài, không nối."""
        pairs = zip(self, other, strict=True)
        return TensorTuple(a + b for a, b in pairs)

    def tuple(self):
        """Bộ Python của các phần."""
        return tuple(self)

    def detach(self):
        """Bộ các Tensor đã cắt khỏi đồ thị."""
        return TensorTuple(x.detach() for x in self)

    def numpy(self):
        """Danh sách mảng NumPy."""
        return [x.numpy() for x in self]


class TensorTupleOp:
    """Phép trả một bộ: gọi nó, không hỏi gradient của cả bộ."""

    def __call__(self, *args):
        raise NotImplementedError


class MakeTensorTuple(TensorTupleOp):
    """Ghép các Tensor thành bộ."""

    def __call__(self, *args):
        return TensorTuple(args)


class TupleGetItem:
    """Phần thứ ``index`` của bộ."""

    def __init__(self, index):
        self.index = index

    def __call__(self, value):
        return value[self.index]


class FusedAddScalars(TensorTupleOp):
    """Bộ (a + c0, a + c1)."""

    def __init__(self, c0, c1):
        self.c0, self.c1 = c0, c1

    def __call__(self, a):
        parts = add_scalar(a, self.c0), add_scalar(a, self.c1)
        return TensorTuple(parts)


def make_tuple(*args):
    """Ghép các Tensor thành bộ."""
    return MakeTensorTuple()(*args)


def tuple_get_item(value, index):
    """Phần thứ ``index`` của bộ."""
    return TupleGetItem(index)(value)


def fused_add_scalars(x, c0, c1):
    """Bộ (x + c0, x + c1)."""
    return FusedAddScalars(c0, c1)(x)


__all__ = [
    "FusedAddScalars", "MakeTensorTuple", "TensorTuple",
    "TensorTupleOp", "TupleGetItem", "fused_add_scalars",
    "make_tuple", "tuple_get_item",
]
