"""Bộ Tensor: ghép, lấy phần, phép gộp trả hai kết quả.

Lõi của kim chỉ có phép một kết quả, nên ở đây bộ là một bộ Python chứa
các Tensor; gradient chảy qua từng phần như thường.

Nhà: dlsys/08.
"""

from .ops_mathematic import add_scalar


class TensorTuple(tuple):
    """Bộ các Tensor."""

    def detach(self):
        """Bộ các Tensor đã cắt khỏi đồ thị."""
        return TensorTuple(x.detach() for x in self)

    def numpy(self):
        """Danh sách mảng NumPy."""
        return [x.numpy() for x in self]


def make_tuple(*args):
    """Ghép các Tensor thành bộ."""
    return TensorTuple(args)


def tuple_get_item(value, index):
    """Phần thứ ``index`` của bộ."""
    return value[index]


def fused_add_scalars(x, c0, c1):
    """Bộ (x + c0, x + c1)."""
    return make_tuple(add_scalar(x, c0), add_scalar(x, c1))


__all__ = [
    "TensorTuple", "fused_add_scalars", "make_tuple", "tuple_get_item",
]
