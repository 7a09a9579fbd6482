"""Phép số học, đổi hình, gộp, nhân ma trận với tên của khóa học.

Phép với một số (``AddScalar``...) là một nút riêng; các phép khác mượn
công thức và đạo hàm của kim qua ``CoreOp``.

Nhà: dlsys/08.
"""

from ...ops import arith, elementwise, linalg, reduction
from ...ops import shape as shapes
from ..op import CoreOp, TensorOp


class EWiseAdd(CoreOp):
    """a + b cùng shape."""

    core = arith.Add()


class AddScalar(TensorOp):
    """a + c với c là một số."""

    def __init__(self, scalar):
        self.scalar = scalar

    def compute(self, a):
        return a + self.scalar

    def gradient(self, out_grad, node):
        return out_grad


class EWiseMul(CoreOp):
    """a · b từng phần tử."""

    core = arith.Mul()


class MulScalar(TensorOp):
    """a · c với c là một số."""

    def __init__(self, scalar):
        self.scalar = scalar

    def compute(self, a):
        return a * self.scalar

    def gradient(self, out_grad, node):
        return out_grad * self.scalar


class EWisePow(CoreOp):
    """aᵇ từng phần tử."""

    core = arith.Pow()


class PowerScalar(CoreOp):
    """aᶜ với c là một số."""

    def __init__(self, scalar):
        self.scalar, self.core = scalar, arith.Power(scalar)


class EWiseDiv(CoreOp):
    """a / b từng phần tử."""

    core = arith.Div()


class DivScalar(TensorOp):
    """a / c với c là một số."""

    def __init__(self, scalar):
        self.scalar = scalar

    def compute(self, a):
        return a / self.scalar

    def gradient(self, out_grad, node):
        return out_grad / self.scalar


class Transpose(TensorOp):
    """Đổi chỗ đúng hai trục, mặc định hai trục cuối."""

    def __init__(self, axes=None):
        self.axes = axes

    def compute(self, a):
        return a.swapaxes(*(self.axes or (-1, -2)))

    def gradient(self, out_grad, node):
        return transpose(out_grad, self.axes)


class Reshape(CoreOp):
    """Cùng dữ liệu trong shape khác."""

    def __init__(self, shape):
        self.shape, self.core = shape, shapes.Reshape(shape)


class BroadcastTo(CoreOp):
    """Nhân bản thành shape."""

    def __init__(self, shape):
        self.shape, self.core = shape, shapes.Expand(shape)


class Summation(CoreOp):
    """Tổng theo các trục, None là mọi trục."""

    def __init__(self, axes=None):
        axes = tuple(axes) if isinstance(axes, list) else axes
        self.axes, self.core = axes, reduction.Sum(axes)


class MatMul(CoreOp):
    """Tích ma trận, các trục đứng trước có thể khác nhau."""

    core = linalg.MatMul()


class Negate(CoreOp):
    """−a."""

    core = arith.Neg()


class Log(CoreOp):
    """ln a."""

    core = elementwise.Log()


class Exp(CoreOp):
    """eᵃ."""

    core = elementwise.Exp()


class ReLU(CoreOp):
    """max(a, 0)."""

    core = elementwise.ReLU()


def add(a, b):
    """a + b."""
    return EWiseAdd()(a, b)


def add_scalar(a, scalar):
    """a + c."""
    return AddScalar(scalar)(a)


def multiply(a, b):
    """a · b."""
    return EWiseMul()(a, b)


def mul_scalar(a, scalar):
    """a · c."""
    return MulScalar(scalar)(a)


def power(a, b):
    """aᵇ."""
    return EWisePow()(a, b)


def power_scalar(a, scalar):
    """aᶜ."""
    return PowerScalar(scalar)(a)


def divide(a, b):
    """a / b."""
    return EWiseDiv()(a, b)


def divide_scalar(a, scalar):
    """a / c."""
    return DivScalar(scalar)(a)


def transpose(a, axes=None):
    """a với hai trục đổi chỗ."""
    return Transpose(axes)(a)


def reshape(a, shape):
    """a trong shape khác."""
    return Reshape(shape)(a)


def broadcast_to(a, shape):
    """a nhân bản thành shape."""
    return BroadcastTo(shape)(a)


def summation(a, axes=None):
    """Tổng của a theo các trục."""
    return Summation(axes)(a)


def matmul(a, b):
    """Tích ma trận a b."""
    return MatMul()(a, b)


def negate(a):
    """−a."""
    return Negate()(a)


def log(a):
    """ln a."""
    return Log()(a)


def exp(a):
    """eᵃ."""
    return Exp()(a)


def relu(a):
    """max(a, 0)."""
    return ReLU()(a)


__all__ = [
    "AddScalar", "BroadcastTo", "DivScalar", "EWiseAdd", "EWiseDiv",
    "EWiseMul", "EWisePow", "Exp", "Log", "MatMul", "MulScalar",
    "Negate", "PowerScalar", "ReLU", "Reshape", "Summation",
    "Transpose", "add", "add_scalar", "broadcast_to", "divide",
    "divide_scalar", "exp", "log", "matmul", "mul_scalar", "multiply",
    "negate", "power", "power_scalar", "relu", "reshape", "summation",
    "transpose",
]
