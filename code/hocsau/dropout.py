"""Dropout viết tay: lượt xuôi, lượt ngược và mô-đun dùng chúng.

Mặt nạ rút một lần ở lượt xuôi rồi giữ cho lượt ngược ([forward],
[backward]); [Dropout] nối hai hàm ấy vào autograd.
Nhà: nm/08.
"""

import torch
from torch import nn


def forward(X, keep, p):
    """Y = X ⊙ keep / (1 − p): kỳ vọng theo mặt nạ đúng bằng X.

    ``keep``: 0/1 hay bool, cùng kích thước với X; ``p``: xác suất tắt.
    """
    return X * keep / (1 - p)


def backward(G, keep, p):
    """∂L/∂X từ G = ∂L/∂Y: nút bị tắt không nhận gradient."""
    return G * keep / (1 - p)


class Masked(torch.autograd.Function):
    """Nối [forward] và [backward] vào autograd của PyTorch."""

    @staticmethod
    def forward(ctx, X, keep, p):
        ctx.keep, ctx.p = keep, p
        return forward(X, keep, p)

    @staticmethod
    def backward(ctx, G):
        return backward(G, ctx.keep, ctx.p), None, None


class Dropout(nn.Module):
    """Tắt mỗi phần tử với xác suất ``p`` lúc học, lúc dự đoán để yên.

    ``p``: một số, hay tensor nở được theo X (mỗi mạng một xác suất).
    ``rng``: torch.Generator cho mặt nạ.
    Lỗi: ``ValueError`` nếu p ngoài [0, 1).
    Nguồn: Srivastava và cộng sự (2014); ``torch.nn.Dropout``.
    """

    def __init__(self, p=0.5, *, rng):
        super().__init__()
        bounds = torch.as_tensor(p)
        if not ((bounds >= 0) & (bounds < 1)).all():
            raise ValueError(f"Dropout: cần 0 ≤ p < 1, nhận {p}")
        self.p, self.rng = p, rng

    def forward(self, X):
        if not self.training:
            return X
        u = torch.rand(X.shape, generator=self.rng, dtype=X.dtype)
        return Masked.apply(X, u >= self.p, self.p)
