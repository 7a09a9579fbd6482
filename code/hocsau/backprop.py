"""Lan truyền ngược viết tay: mạng nút vô hướng và chuỗi mô-đun vector.

[UnitNet] đi từng nút, từng cạnh. [Linear], [Pointwise], [SquaredCost]
làm trọn một tầng cho cả batch; [Chain] nối chúng lại.
Gradient theo hàng: hàng i của ``g`` là vector hàng ``∂C/∂z`` của mẫu i.
Nhà: nyu/02-1.
"""

import numpy as np


class UnitNet:
    """Mạng nút: ``s[i] = Σ w[i,j]·z[j]``, ``z[i] = f(s[i])``.

    Tổng lấy trên các nút j đi vào nút i. ``weights``: từ điển
    ``(i, j) → w[i,j]`` với ``j < i``; ``f``, ``df``: hàm phi tuyến và
    đạo hàm của nó.
    Lỗi: ``ValueError`` nếu có cạnh ``j ≥ i``: mạng phải không có vòng.
    """

    def __init__(self, weights, f, df):
        self.w, self.f, self.df = dict(weights), f, df
        self.pred = {}  # nút → các nút đi vào nó
        for i, j in sorted(self.w):
            if j >= i:
                raise ValueError(
                    f"UnitNet: cạnh {j} → {i}, đánh số lại"
                )
            self.pred.setdefault(i, []).append(j)

    def forward(self, inputs):
        """``inputs``: từ điển nút → số. Trả về số ở nút cuối."""
        self.z, self.s = dict(inputs), {}
        for i in self.pred:  # số thứ tự tăng dần
            before = self.pred[i]
            self.s[i] = sum(self.w[i, j] * self.z[j] for j in before)
            self.z[i] = self.f(self.s[i])
        return self.z[i]

    def backward(self, g):
        """``g``: ``dC/dz`` ở nút cuối. Trả về ``(dC/dz, dC/dw)``."""
        dz, dw = dict.fromkeys(self.z, 0.0), {}
        dz[max(self.pred)] = g
        for i in reversed(self.pred):
            ds = dz[i] * self.df(self.s[i])  # qua hàm phi tuyến
            for j in self.pred[i]:
                dz[j] += ds * self.w[i, j]  # các nhánh cộng lại
                dw[i, j] = ds * self.z[j]
        return dz, dw


class Linear:
    """Tầng tuyến tính ``Z = H W + b``. ``W``: (m, k), ``b``: (k,)."""

    def __init__(self, W, b):
        self.params = [np.array(W, float), np.array(b, float)]

    def forward(self, H):
        """``H``: (n, m) thành (n, k)."""
        self.H = H
        return H @ self.params[0] + self.params[1]

    def backward(self, g):
        """``g``: (n, k). Nhớ gradient tham số, trả về (n, m)."""
        self.grads = [self.H.T @ g, g.sum(axis=0)]
        return g @ self.params[0].T


class Pointwise:
    """Áp ``f`` lên từng phần tử; ``df`` là đạo hàm của ``f``."""

    def __init__(self, f, df):
        self.f, self.df, self.params, self.grads = f, df, [], []

    def forward(self, S):
        """``S``: (n, k) thành (n, k)."""
        self.S = S
        return self.f(S)

    def backward(self, g):
        """Jacobian là ma trận chéo, nên chỉ cần nhân từng phần tử."""
        return g * self.df(self.S)


def relu():
    """Mô-đun ReLU, lấy đạo hàm bằng 0 tại chỗ gãy."""
    return Pointwise(lambda s: s * (s > 0), lambda s: 1.0 * (s > 0))


class SquaredCost:
    """Chi phí ``C = 1/(2n) Σ‖ŷ − y‖²``, trung bình trên batch."""

    def forward(self, Y_hat, Y):
        """``Y_hat``, ``Y``: (n, k). Trả về một số."""
        self.error = Y_hat - Y
        return 0.5 * (self.error**2).sum() / len(Y)

    def backward(self):
        """``∂C/∂ŷ``: (n, k)."""
        return self.error / len(self.error)


class Chain:
    """Nối các mô-đun: xuôi theo thứ tự, ngược theo thứ tự đảo."""

    def __init__(self, *modules):
        self.modules = modules

    def forward(self, z):
        """Đầu ra mô-đun này là đầu vào mô-đun sau."""
        for module in self.modules:
            z = module.forward(z)
        return z

    def backward(self, g):
        """Mỗi mô-đun nhân ``g`` với Jacobian của nó rồi chuyền tiếp."""
        for module in reversed(self.modules):
            g = module.backward(g)
        return g

    def step(self, lr):
        """Một bước hạ gradient trên mọi tham số, sửa tại chỗ."""
        for module in self.modules:
            for i, grad in enumerate(module.grads):
                module.params[i] -= lr * grad


def numeric_jacobian(f, z, *, h=1e-6):
    """Jacobian (m, d) của ``f`` tại ``z``: (d,), mỗi hàng một đầu ra.

    Sai phân trung tâm, 2d lần gọi ``f``; sai số cỡ ``h²``.
    """
    steps = h * np.eye(len(z))
    columns = [(f(z + e) - f(z - e)) / (2 * h) for e in steps]
    return np.stack(columns, axis=-1)
