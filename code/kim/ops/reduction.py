"""Phép gộp theo trục: tổng, lớn nhất; trung bình và phương sai từ tổng.

``axis`` là một số, một bộ, hoặc None (mọi trục); ``keepdims=True`` giữ
trục đã gộp với độ dài 1. Ký hiệu: g = ∂L/∂y.

Nhà: dlsys/05.
"""

from ..autograd import Op
from .shape import expand, reshape


class Reduction(Op):
    """Phép gộp: nhớ trục, biết trả g về shape có trục độ dài 1."""

    def __init__(self, axis=None, keepdims=False):
        self.axis, self.keepdims = axis, keepdims

    def reason(self, a):
        return f"trục {self.axis} không có trong tensor {len(a)} chiều"

    def restore(self, x, a):
        """Shape của x với trục đã gộp dài 1, để broadcasting với a."""
        return reshape(x, keepdims_shape(a.shape, self.axis))


class Sum(Reduction):
    """y = Σ a; ā = g nhân bản ra shape của a."""

    def forward(self, a):
        return a.sum(self.axis, keepdims=self.keepdims)

    def vjp(self, g, out, a):
        return (expand(self.restore(g, a), a.shape),)


class Amax(Reduction):
    """y = max a; ā = g chia đều cho các vị trí đạt giá trị lớn nhất."""

    def forward(self, a):
        return a.max(self.axis, keepdims=self.keepdims)

    def vjp(self, g, out, a):
        mask = a.array == self.restore(out, a).array
        share = mask / mask.sum(self.axis, keepdims=True)
        return (self.restore(g, a) * share.astype(a.dtype),)


def sum(a, axis=None, keepdims=False):
    """Tổng theo trục.

    Shape: (..., n, ...) → (..., ...), giữ 1 nếu ``keepdims``.
    Lỗi: ``ValueError`` nếu không có trục đó. Nguồn: ``torch.sum``.
    """
    return Sum(axis, keepdims)(a)


def amax(a, axis=None, keepdims=False):
    """Giá trị lớn nhất theo trục; gradient chia đều cho các chỗ bằng.

    Nguồn: ``torch.amax``.
    """
    return Amax(axis, keepdims)(a)


def mean(a, axis=None, keepdims=False):
    """Trung bình theo trục: (1/n) Σ a."""
    total = sum(a, axis, keepdims)
    return total * (total.numel() / a.numel())


def var(a, axis=None, keepdims=False, *, correction=1):
    """Phương sai: Σ (a − ā)² / (n − correction).

    ``correction=1`` là ước lượng không chệch như ``torch.var``;
    ``correction=0`` chia cho n như các tầng chuẩn hóa.
    """
    d = a - mean(a, axis, keepdims=True)
    total = sum(d * d, axis, keepdims)
    return total * (1 / (a.numel() / total.numel() - correction))


def keepdims_shape(shape, axis):
    """Shape sau khi gộp với ``keepdims=True``."""
    if axis is None:
        return (1,) * len(shape)
    axes = axis if isinstance(axis, tuple) else (axis,)
    axes = {i % len(shape) for i in axes}
    return tuple(1 if i in axes else n for i, n in enumerate(shape))
