"""Các khối cơ bản của mạng, mỗi khối tự biết lượt ngược của mình.

Không dùng autograd: ``forward`` tính đầu ra và giữ lại thứ cần cho lượt
về; ``backward`` nhận ∂C/∂(đầu ra), trả về ∂C/∂(từng đầu vào), cùng kích
thước với đầu vào. [jacobian] xếp các lượt ngược thành ma trận Jacobian.
Nhà: nyu/02-2.
"""

import torch


class Linear:
    """Y = XW + b; ``X``: (n, d), ``W``: (d, k), ``b``: (k,)."""

    def forward(self, X, W, b):
        self.X, self.W = X, W
        return X @ W + b

    def backward(self, G):
        return G @ self.W.T, self.X.T @ G, G.sum(0)


class ReLU:
    """Y = max(X, 0); tại đúng 0, đạo hàm lấy bằng 0 như PyTorch."""

    def forward(self, X):
        self.open = X > 0
        return X * self.open

    def backward(self, G):
        return G * self.open


class Duplicate:
    """Một đầu vào, ``copies`` đầu ra giống hệt: gradient cộng lại."""

    def __init__(self, copies=2):
        self.copies = copies

    def forward(self, X):
        return (X,) * self.copies

    def backward(self, *G):
        return sum(G)


class Add:
    """Y = X₁ + X₂ + …: mỗi đầu vào nhận nguyên bản sao gradient."""

    def forward(self, *X):
        self.count = len(X)
        return sum(X)

    def backward(self, G):
        return (G,) * self.count


class Max:
    """Y = max(X₁, X₂) từng phần tử: công tắc; hòa thì chọn X₂."""

    def forward(self, X1, X2):
        self.first = X1 > X2
        return torch.where(self.first, X1, X2)

    def backward(self, G):
        return G * self.first, G * ~self.first


class Softmax:
    """Mỗi hàng thành một phân phối: pᵢ = exp xᵢ / Σⱼ exp xⱼ."""

    def forward(self, X):
        E = (X - X.amax(1, keepdim=True)).exp()  # khỏi tràn số
        self.P = E / E.sum(1, keepdim=True)
        return self.P

    def backward(self, G):
        mean = (G * self.P).sum(1, keepdim=True)  # (n, 1)
        return self.P * (G - mean)


class LogSoftmax:
    """Mỗi hàng: xᵢ − log Σⱼ exp xⱼ, không đi qua softmax."""

    def forward(self, X):
        top = X.amax(1, keepdim=True)
        total = (X - top).exp().sum(1, keepdim=True)
        self.log_p = X - top - total.log()
        return self.log_p

    def backward(self, G):
        return G - self.log_p.exp() * G.sum(1, keepdim=True)


class NLL:
    """Mất mát âm log: trung bình của −(cột yᵢ ở hàng i), một số."""

    def __init__(self, y):
        self.y = y

    def forward(self, log_p):
        self.like = torch.zeros_like(log_p)
        rows = torch.arange(len(log_p))
        self.like[rows, self.y] = -1 / len(log_p)
        return (self.like * log_p).sum()

    def backward(self, G):
        return G * self.like


def as_tuple(value):
    """Gói một tensor lẻ thành bộ; bộ thì giữ nguyên."""
    return value if isinstance(value, tuple) else (value,)


def jacobian(module, *inputs):
    """Ma trận Jacobian của khối theo từng đầu vào, từ ``backward``.

    Mỗi hàng ứng với một phần tử đầu ra: cho gradient đầu ra là vector
    đơn vị thứ i, ``backward`` trả về đúng hàng i. Trả về một bộ ma trận
    (số phần tử ra, số phần tử của đầu vào ấy).
    """
    outputs = as_tuple(module.forward(*inputs))
    rows = []
    for k, out in enumerate(outputs):
        for unit in torch.eye(out.numel(), dtype=out.dtype):
            G = [torch.zeros_like(o) for o in outputs]
            G[k] = unit.reshape(out.shape)
            pieces = as_tuple(module.backward(*G))
            rows.append([p.flatten() for p in pieces])
    columns = zip(*rows, strict=True)
    return tuple(torch.stack(column) for column in columns)
