"""Các tầng cơ bản: tuyến tính, ReLU, nối tiếp, làm phẳng, phần dư.

Nhà: dlsys/08.
"""

from math import sqrt

from .. import init, ops
from .module import Module, Parameter


class Linear(Module):
    """Tầng tuyến tính y = x Wᵀ + b.

    Shape: x (..., in_features) → (..., out_features); weight (out, in),
    bias (out,). Cả hai khởi đầu đều trên ±1/√in.
    Lỗi: ``ValueError`` nếu x không có in_features đặc trưng.
    Nguồn: ``torch.nn.Linear``.
    """

    def __init__(
        self, in_features, out_features, bias=True, *,
        rng=None, device=None, dtype="float32",
    ):
        a = 1 / sqrt(in_features)
        kwargs = {"rng": rng, "device": device, "dtype": dtype}
        shape = (out_features, in_features)
        self.weight = Parameter(init.uniform(shape, -a, a, **kwargs))
        self.bias = None
        if bias:
            b = init.uniform((out_features,), -a, a, **kwargs)
            self.bias = Parameter(b)

    def forward(self, x):
        return ops.linear(x, self.weight, self.bias)

    def extra_repr(self):
        out_features, in_features = self.weight.shape
        return f"{in_features}, {out_features}"


class ReLU(Module):
    """max(x, 0) từng phần tử. Nguồn: ``torch.nn.ReLU``."""

    def forward(self, x):
        return ops.relu(x)


class Flatten(Module):
    """Gộp mọi trục sau trục batch: (n, ...) → (n, tích các trục).

    Nguồn: ``torch.nn.Flatten``.
    """

    def forward(self, x):
        return ops.reshape(x, x.shape[0], -1)


class Sequential(Module):
    """Nối tiếp các module: kết quả của tầng trước là đầu vào tầng sau.

    Nguồn: ``torch.nn.Sequential``.
    """

    def __init__(self, *layers):
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def named_children(self):
        for name, child in super().named_children():
            yield name.removeprefix("layers."), child

    def __getitem__(self, i):
        return self.layers[i]

    def __len__(self):
        return len(self.layers)


class Residual(Module):
    """Kết nối tắt y = f(x) + x; f giữ nguyên shape.

    Nguồn: He và cộng sự (2016), công thức 1.
    """

    def __init__(self, fn):
        self.fn = fn

    def forward(self, x):
        return self.fn(x) + x
