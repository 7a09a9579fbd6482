"""Chuẩn tắc hóa theo trục: phép lõi của batch norm và layer norm.

Nhà: dlsys/08.
"""

import numpy as np

from ..autograd import Op
from .reduction import mean, var


class Standardize(Op):
    """y = (a − μ) / σ; ā = (g − mean g − y · mean(g · y)) / σ.

    μ = mean a, σ² = var a + ε, tất cả theo ``axis``.
    """

    def __init__(self, axis, eps):
        self.axis, self.eps = axis, eps

    def forward(self, a):
        d = a - a.mean(self.axis, keepdims=True)
        d /= np.sqrt((d * d).mean(self.axis, keepdims=True) + self.eps)
        return d

    def vjp(self, g, out, a):
        v = var(a, self.axis, keepdims=True, correction=0)
        g_mean = mean(g, self.axis, keepdims=True)
        gy_mean = mean(g * out, self.axis, keepdims=True)
        return ((g - g_mean - out * gy_mean) * (v + self.eps) ** -0.5,)


def standardize(a, axis, eps=1e-5):
    """Đưa a về trung bình 0, phương sai 1 theo trục; cùng shape với a.

    Nguồn: Ioffe và Szegedy (2015), bước chuẩn hóa trong thuật toán 1.
    """
    return Standardize(axis, eps)(a)
