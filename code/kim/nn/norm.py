"""Tầng chuẩn hóa: theo batch và theo mẫu.

Nhà: dlsys/08.
"""

import numpy as np

from .. import ops
from ..tensor import Tensor
from .module import Module, Parameter


class LayerNorm1d(Module):
    """Chuẩn hóa từng mẫu: y = w · (x − μ) / √(σ² + ε) + b.

    μ, σ² lấy theo trục cuối. Shape: x (..., dim) → như x; weight, bias
    (dim,). Lỗi: ``ValueError`` nếu trục cuối khác dim. Nguồn: Ba và
    cộng sự (2016), công thức 4; ``torch.nn.LayerNorm``.
    """

    def __init__(self, dim, eps=1e-5, *, device=None, dtype="float32"):
        self.dim, self.eps = dim, eps
        kwargs = {"device": device, "dtype": dtype}
        self.weight = Parameter(np.ones(dim), **kwargs)
        self.bias = Parameter(np.zeros(dim), **kwargs)

    def forward(self, x):
        check_features("LayerNorm1d", x, self.dim)
        x_hat = ops.standardize(x, -1, self.eps)
        return x_hat * self.weight + self.bias

    def extra_repr(self):
        return f"{self.dim}"


class BatchNorm1d(Module):
    """Chuẩn hóa từng đặc trưng: μ, σ² lấy trên cả batch khi huấn luyện.

    y = w · (x − μ) / √(σ² + ε) + b. Khi suy luận dùng trung bình chạy
    r ← (1 − momentum) · r + momentum · (μ hoặc σ²), σ² không chệch.

    Shape: x (n, dim) → (n, dim); weight, bias, running_mean,
    running_var (dim,). Lỗi: ``ValueError`` nếu sai số đặc trưng, hoặc
    huấn luyện với x không có hai trục hay n < 2.
    Nguồn: Ioffe và Szegedy (2015), thuật toán 1;
    ``torch.nn.BatchNorm1d``.
    """

    def __init__(
        self, dim, eps=1e-5, momentum=0.1, *,
        device=None, dtype="float32",
    ):
        self.dim, self.eps, self.momentum = dim, eps, momentum
        kwargs = {"device": device, "dtype": dtype}
        self.weight = Parameter(np.ones(dim), **kwargs)
        self.bias = Parameter(np.zeros(dim), **kwargs)
        self.running_mean = Tensor(np.zeros(dim), **kwargs)
        self.running_var = Tensor(np.ones(dim), **kwargs)

    def forward(self, x):
        check_features("BatchNorm1d", x, self.dim)
        if self.training:
            self.update(x.array)
            x_hat = ops.standardize(x, 0, self.eps)
        else:
            std = ops.sqrt(self.running_var + self.eps)
            x_hat = (x - self.running_mean) / std
        return x_hat * self.weight + self.bias

    def update(self, x):
        """Kéo trung bình chạy về phía thống kê của batch này."""
        if x.ndim != 2 or len(x) < 2:
            raise ValueError(
                f"BatchNorm1d: x {x.shape}: huấn luyện cần shape "
                "(n, dim), từ 2 mẫu trở lên"
            )
        pull(self.running_mean.array, x.mean(0), self.momentum)
        pull(self.running_var.array, x.var(0, ddof=1), self.momentum)

    def extra_repr(self):
        return f"{self.dim}"


def pull(running, value, momentum):
    """Trung bình trượt tại chỗ: r ← (1 − momentum) r + momentum v."""
    running *= 1 - momentum
    running += momentum * value


def check_features(name, x, dim):
    """Báo lỗi rõ nếu trục cuối của x không có ``dim`` đặc trưng."""
    if x.shape[-1] != dim:
        raise ValueError(
            f"{name}: x {x.shape}: trục cuối {x.shape[-1]} ≠ {dim}"
        )
