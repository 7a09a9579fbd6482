"""Chuẩn hóa theo tầng viết tay: mỗi mẫu một trung bình, một phương sai.

Nhà: nm/08.
"""

import torch
from torch import nn


def forward(X, gamma, beta, eps=1e-5):
    """Y = γ·X̂ + β; X̂ chuẩn hóa dọc theo đặc trưng của từng mẫu.

    ``X``: (..., d); ``gamma``, ``beta`` nở được theo X.
    """
    mu = X.mean(-1, keepdim=True)
    var = ((X - mu) ** 2).mean(-1, keepdim=True)
    X_hat = (X - mu) * (var + eps).rsqrt()
    return gamma * X_hat + beta


class LayerNorm(nn.Module):
    """Chuẩn hóa từng mẫu, học và dự đoán như nhau.

    ``shape``: d, hay (s, 1, d) cho s mạng cùng học.
    Nguồn: Ba và cộng sự (2016); ``torch.nn.LayerNorm``.
    """

    def __init__(self, *shape, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(shape))  # γ
        self.bias = nn.Parameter(torch.zeros(shape))  # β

    def forward(self, X):
        return forward(X, self.weight, self.bias, self.eps)
