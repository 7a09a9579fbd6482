"""Các module của hw2 với quy ước của khóa học.

Trọng số có shape (in, out), bias (1, out); số ngẫu nhiên lấy từ
``np.random``.

Nhà: dlsys/08.
"""

from math import prod

from ... import nn as core
from ...ops import standardize
from .. import init, ops
from ..autograd import Tensor


class Parameter(Tensor, core.Parameter):
    """Tensor được học."""


def unpack(value):
    """Mọi Tham số trong module, danh sách, bộ, từ điển lồng nhau."""
    if isinstance(value, Parameter):
        return [value]
    if isinstance(value, core.Module):
        return unpack(vars(value))
    if isinstance(value, dict):
        return [p for v in value.values() for p in unpack(v)]
    if isinstance(value, (list, tuple)):
        return [p for v in value for p in unpack(v)]
    return []


def modules_in(value, name):
    """Các cặp (tên, module) ngay trong ``value``, kể cả từ điển."""
    if isinstance(value, core.Module):
        yield name, value
    elif isinstance(value, (dict, list, tuple)):
        nested = isinstance(value, dict)
        for k, v in value.items() if nested else enumerate(value):
            yield from modules_in(v, f"{name}.{k}")


class Module(core.Module):
    """Lớp cha; duyệt thuộc tính để tìm tham số và con."""

    def __init__(self):
        self.training = True

    def parameters(self):
        """Danh sách tham số của module và con cháu."""
        return list({id(p): p for p in unpack(self)}.values())

    def named_children(self):
        for name, value in vars(self).items():
            yield from modules_in(value, name)

    def _children(self):
        """Mọi module con cháu."""
        children = [child for _, child in self.named_children()]
        return [
            m for c in children for m in (c, *Module._children(c))
        ]

    def __call__(self, *args, **kwargs):
        return self.forward(*args, **kwargs)


class Identity(Module):
    """y = x."""

    def forward(self, x):
        return x


class Linear(Module):
    """y = x W + b; x (..., in) → (..., out)."""

    def __init__(
        self, in_features, out_features, bias=True,
        device=None, dtype="float32",
    ):
        super().__init__()
        self.in_features, self.out_features = in_features, out_features
        kwargs = {"device": device, "dtype": dtype}
        w = init.kaiming_uniform(in_features, out_features, **kwargs)
        self.weight, self.bias = Parameter(w), None
        if bias:
            b = init.kaiming_uniform(out_features, 1, **kwargs)
            self.bias = Parameter(b.transpose())

    def forward(self, x):
        y = x @ self.weight
        if self.bias is None:
            return y
        return y + self.bias.broadcast_to(y.shape)


class Flatten(Module):
    """(B, ...) → (B, tích các trục còn lại)."""

    def forward(self, x):
        return x.reshape((x.shape[0], prod(x.shape[1:])))


class ReLU(Module):
    """max(x, 0)."""

    def forward(self, x):
        return ops.relu(x)


class Sequential(Module):
    """Nối tiếp các module, giữ trong ``modules``."""

    def __init__(self, *modules):
        super().__init__()
        self.modules = modules

    def forward(self, x):
        for module in self.modules:
            x = module(x)
        return x


class SoftmaxLoss(Module):
    """Trung bình của log Σ eᶻ − z_y; logits (B, k), y (B,) → một số."""

    def forward(self, logits, y):
        batch, classes = logits.shape
        one_hot = init.one_hot(classes, y, dtype=logits.dtype)
        chosen = ops.summation(logits * one_hot)
        return (ops.logsumexp(logits, (1,)).sum() - chosen) / batch


class LayerNorm1d(Module):
    """Chuẩn hóa mỗi hàng, phương sai chia cho n."""

    def __init__(self, dim, eps=1e-5, device=None, dtype="float32"):
        super().__init__()
        self.dim, self.eps = dim, eps
        kwargs = {"device": device, "dtype": dtype}
        self.weight = Parameter(init.ones(dim, **kwargs))
        self.bias = Parameter(init.zeros(dim, **kwargs))

    def forward(self, x):
        y = standardize(x, -1, self.eps)
        weight = self.weight.broadcast_to(x.shape)
        return weight * y + self.bias.broadcast_to(x.shape)


class BatchNorm1d(Module):
    """Chuẩn hóa mỗi cột; khi ``eval`` dùng thống kê chạy.

    Phương sai chạy cũng chia cho n, khác PyTorch.
    """

    def __init__(
        self, dim, eps=1e-5, momentum=0.1, device=None, dtype="float32"
    ):
        super().__init__()
        self.dim, self.eps, self.momentum = dim, eps, momentum
        kwargs = {"device": device, "dtype": dtype}
        self.weight = Parameter(init.ones(dim, **kwargs))
        self.bias = Parameter(init.zeros(dim, **kwargs))
        self.running_mean = init.zeros(dim, **kwargs)
        self.running_var = init.ones(dim, **kwargs)

    def forward(self, x):
        if self.training:
            a, r, momentum = x.array, self.running_mean, self.momentum
            core.norm.pull(r.array, a.mean(0), momentum)
            core.norm.pull(self.running_var.array, a.var(0), momentum)
            y = standardize(x, 0, self.eps)
        else:
            mean = self.running_mean.broadcast_to(x.shape)
            scale = (self.running_var + self.eps) ** -0.5
            y = (x - mean) * scale.broadcast_to(x.shape)
        weight = self.weight.broadcast_to(x.shape)
        return weight * y + self.bias.broadcast_to(x.shape)


class Dropout(Module):
    """Tắt mỗi phần tử với xác suất p, chia phần còn lại cho 1 − p."""

    def __init__(self, p=0.5):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        mask = init.randb(*x.shape, p=1 - self.p, dtype=x.dtype)
        return x * mask / (1 - self.p)


class Residual(Module):
    """y = fn(x) + x."""

    def __init__(self, fn):
        super().__init__()
        self.fn = fn

    def forward(self, x):
        return self.fn(x) + x
