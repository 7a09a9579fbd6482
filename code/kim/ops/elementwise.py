"""Hàm từng phần tử của một đầu vào: exp, log, ReLU và họ hàng.

Nhiều đạo hàm viết gọn nhất theo kết quả y (``out``): eˣ có đạo
hàm y, tanh có đạo hàm 1 − y². Ký hiệu: g = ∂L/∂y.

Nhà: dlsys/05.
"""

import numpy as np

from ..autograd import Op, no_grad


class Exp(Op):
    """y = eᵃ; ā = g · y."""

    def forward(self, a):
        return np.exp(a)

    def vjp(self, g, out, a):
        return (g * out,)


class Log(Op):
    """y = ln a; ā = g / a."""

    def forward(self, a):
        return np.log(a)

    def vjp(self, g, out, a):
        return (g / a,)


class Sin(Op):
    """y = sin a; ā = g · cos a."""

    def forward(self, a):
        return np.sin(a)

    def vjp(self, g, out, a):
        return (g * cos(a),)


class Cos(Op):
    """y = cos a; ā = −g · sin a."""

    def forward(self, a):
        return np.cos(a)

    def vjp(self, g, out, a):
        return (-g * sin(a),)


class Tanh(Op):
    """y = tanh a; ā = g · (1 − y²)."""

    def forward(self, a):
        return np.tanh(a)

    def vjp(self, g, out, a):
        return (g * (1 - out * out),)


class Sigmoid(Op):
    """y = 1 / (1 + e⁻ᵃ) = (1 + tanh(a/2)) / 2; ā = g · y · (1 − y)."""

    def forward(self, a):
        return (np.tanh(a * 0.5) + 1) * 0.5

    def vjp(self, g, out, a):
        return (g * out * (1 - out),)


class ReLU(Op):
    """y = max(a, 0); ā = g ở chỗ a > 0, còn lại 0."""

    def forward(self, a):
        return np.maximum(a, 0)

    def vjp(self, g, out, a):
        return (g * (a.array > 0),)


class Where(Op):
    """y = a nơi mask đúng, b nơi sai; gradient đi theo lối đã chọn."""

    def __init__(self, mask):
        self.mask = mask

    def forward(self, a, b):
        return np.where(self.mask, a, b)

    def vjp(self, g, out, a, b):
        return g * self.mask, g * ~self.mask


class Cast(Op):
    """y = a ở dtype khác; ā = g ở dtype của a (``fit`` đổi lại)."""

    def __init__(self, dtype):
        self.dtype = dtype

    def forward(self, a):
        return a.astype(self.dtype)

    def vjp(self, g, out, a):
        return (g,)


def exp(a):
    """Hàm mũ eᵃ từng phần tử."""
    return Exp()(a)


def log(a):
    """Logarit tự nhiên ln a từng phần tử."""
    return Log()(a)


def sin(a):
    """sin a từng phần tử, a tính bằng radian."""
    return Sin()(a)


def cos(a):
    """cos a từng phần tử, a tính bằng radian."""
    return Cos()(a)


def tanh(a):
    """tanh a từng phần tử."""
    return Tanh()(a)


def sigmoid(a):
    """Hàm sigmoid 1 / (1 + e⁻ᵃ), không tràn số với |a| lớn."""
    return Sigmoid()(a)


def relu(a):
    """max(a, 0) từng phần tử; đạo hàm tại 0 lấy là 0, như PyTorch."""
    return ReLU()(a)


def sqrt(a):
    """√a từng phần tử."""
    return a**0.5


def where(mask, a, b):
    """Chọn a nơi ``mask`` đúng, b nơi sai; mask là mảng bool."""
    return Where(np.asarray(getattr(mask, "array", mask)))(a, b)


def cast(a, dtype):
    """Tensor a ở dtype khác (``x.to(dtype)``).

    Sang số nguyên hay bool thì đường về bị cắt, như PyTorch: hàm bậc
    thang không có gradient dùng được.
    """
    op = Cast(np.dtype(dtype))
    if op.dtype.kind == "f":
        return op(a)
    with no_grad():
        return op(a)
