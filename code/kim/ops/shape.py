"""Phép đổi hình: reshape, đổi trục, nhân bản, lấy phần tử.

Không phép nào tính toán trên giá trị; vjp của chúng chỉ xếp g về chỗ
cũ. Ký hiệu: g = ∂L/∂y.

Nhà: dlsys/05.
"""

from math import prod

import numpy as np

from ..autograd import Op


class Reshape(Op):
    """y = a xếp vào shape khác; ā = g xếp lại shape của a."""

    def __init__(self, shape):
        self.shape = shape

    def forward(self, a):
        return a.reshape(self.shape)

    def vjp(self, g, out, a):
        return (reshape(g, a.shape),)

    def reason(self, a):
        return f"{prod(a)} phần tử không xếp vừa {self.shape}"


class Permute(Op):
    """y = a với các trục xếp lại; ā = g xếp theo hoán vị ngược."""

    def __init__(self, axes):
        self.axes = axes

    def forward(self, a):
        return a.transpose(self.axes)

    def vjp(self, g, out, a):
        n = len(self.axes)
        inverse = sorted(range(n), key=lambda i: self.axes[i] % n)
        return (permute(g, *inverse),)

    def reason(self, a):
        return f"{self.axes} không phải một cách xếp {len(a)} trục"


class Expand(Op):
    """y = a nhân bản theo trục dài 1; ā = Σ g theo trục đó."""

    def __init__(self, shape):
        self.shape = shape

    def forward(self, a):
        return np.broadcast_to(a, self.shape)

    def vjp(self, g, out, a):
        return (g,)

    def reason(self, a):
        return f"không nhân bản được thành {self.shape}"


class GetItem(Op):
    """y = a[index]; ā = 0 trừ các chỗ đã lấy, ở đó cộng dồn g."""

    def __init__(self, index):
        self.index = index

    def forward(self, a):
        return a[self.index]

    def vjp(self, g, out, a):
        return (scatter(g, self.index, a.shape),)


class Scatter(Op):
    """y = 0, rồi y[index] += a; ā = g[index]. Ngược của ``GetItem``."""

    def __init__(self, index, shape):
        self.index, self.shape = index, shape

    def forward(self, a):
        y = np.zeros(self.shape, a.dtype)
        if is_basic(self.index):  # lát cắt: không chỗ nào lặp lại
            y[self.index] = a
        else:
            np.add.at(y, self.index, a)
        return y

    def vjp(self, g, out, a):
        return (getitem(g, self.index),)


def reshape(a, *shape):
    """Cùng dữ liệu trong shape khác; một cạnh được là -1.

    Lỗi: ``ValueError`` nếu số phần tử không khớp.
    """
    return Reshape(one_tuple(shape))(a)


def permute(a, *axes):
    """Xếp lại trục theo ``axes``; không cho gì thì đảo ngược thứ tự."""
    return Permute(one_tuple(axes) or tuple(range(a.ndim))[::-1])(a)


def transpose(a, axis0, axis1):
    """Đổi chỗ hai trục.

    Lỗi: ``IndexError`` nếu không có trục đó. Nguồn:
    ``torch.transpose``.
    """
    for axis in (axis0, axis1):
        if not -a.ndim <= axis < a.ndim:
            raise IndexError(
                f"transpose: {a.shape}: không có trục {axis}"
            )
    axes = list(range(a.ndim))
    axes[axis0], axes[axis1] = axes[axis1], axes[axis0]
    return permute(a, *axes)


def expand(a, *shape):
    """Nhân bản a theo các trục dài 1 mà không tốn bộ nhớ.

    Lỗi: ``ValueError`` nếu không broadcasting được. Nguồn:
    ``torch.broadcast_to``.
    """
    return Expand(one_tuple(shape))(a)


def getitem(a, index):
    """a[index] với số, lát cắt, None, ..., mảng chỉ số, mảng bool.

    Lỗi: ``IndexError`` nếu chỉ số ra ngoài.
    """
    return GetItem(plain(index))(a)


def scatter(a, index, shape):
    """Tensor 0 có shape cho trước, cộng a vào các chỗ ``index``."""
    return Scatter(plain(index), shape)(a)


def one_tuple(args):
    """``f(2, 3)`` và ``f((2, 3))`` như nhau."""
    integer = (int, np.integer)
    nested = len(args) == 1 and not isinstance(args[0], integer)
    return tuple(args[0]) if nested else args


def plain(index):
    """Chỉ số không còn Tensor: mỗi Tensor thành mảng NumPy."""
    if isinstance(index, tuple):
        return tuple(plain(i) for i in index)
    return getattr(index, "array", index)


def is_basic(index):
    """Đúng nếu chỉ gồm số, lát cắt, None và ... ."""
    parts = index if isinstance(index, tuple) else (index,)
    basic = (int, np.integer, slice, type(None), type(...))
    return all(
        isinstance(i, basic) and not isinstance(i, bool) for i in parts
    )
