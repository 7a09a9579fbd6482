"""Huấn luyện nhiều mạng nhỏ cùng lúc, mỗi seed một bản.

Mất mát là tổng qua các bản, nên gradient của bản nào chỉ phụ thuộc bản
ấy; Adam sửa từng số riêng, nên kết quả như huấn luyện từng mạng một.
Nhà: nyu/03-1.
"""

import math
from itertools import pairwise

import torch
from torch import nn
from torch.nn import functional as F


class StackedMLP(nn.Module):
    """Chồng s mạng kết nối đầy đủ cùng kích thước, mỗi seed một mạng.

    ``sizes``: số nút từng tầng, ví dụ (2, 8, 8, 2); ``seeds``: s số
    nguyên; ``activation``: hàm kích hoạt. Trọng số rút từ
    N(0, gain²/số đầu vào), bias từ U(−1, 1)/√(số đầu vào);
    ``gain`` = √2 hợp với ReLU (He và cộng sự, 2015).
    Vào (n, d) hoặc (s, n, d), ra (s, n, k).
    """

    def __init__(
        self, sizes, *, seeds, activation=torch.relu, gain=2**0.5
    ):
        super().__init__()
        self.activation = activation
        rngs = [torch.Generator().manual_seed(i) for i in seeds]
        self.weights = nn.ParameterList()
        self.biases = nn.ParameterList()
        for a, b in pairwise(sizes):
            W = [torch.randn(a, b, generator=g) for g in rngs]
            c = [2 * torch.rand(1, b, generator=g) - 1 for g in rngs]
            self.weights.append(gain / math.sqrt(a) * torch.stack(W))
            self.biases.append(torch.stack(c) / math.sqrt(a))

    def layers(self, X) -> list:
        """Đầu vào, các tầng ẩn sau kích hoạt, logit: (s, n, ·)."""
        H = (
            X
            if X.dim() == 3
            else X.expand(len(self.weights[0]), -1, -1)
        )
        out, last = [H], len(self.weights) - 1
        for i, W in enumerate(self.weights):
            H = torch.baddbmm(self.biases[i], H, W)
            H = H if i == last else self.activation(H)
            out.append(H)
        return out

    def forward(self, X):
        return self.layers(X)[-1]


def stack_loss(logits, y):
    """Tổng entropy chéo trung bình của các bản.

    ``logits``: (s, n, k); ``y``: (n,) nhãn chung cho mọi bản.
    """
    labels = y.expand(len(logits), -1).flatten()
    return len(logits) * F.cross_entropy(logits.flatten(0, 1), labels)


def stack_accuracy(logits, y):
    """Độ chính xác từng bản: (s,)."""
    return (logits.argmax(-1) == y).float().mean(1)


def collapsed(layers, *, tol: float = 1e-6):
    """Bản nào có một tầng ẩn cho mọi điểm cùng một giá trị: (s,) bool.

    ``layers``: kết quả của ``StackedMLP.layers``. Sau tầng ấy mạng là
    hằng số, tầng trên không cách nào gỡ ra.
    """
    spread = [(H.amax(1) - H.amin(1)).amax(1) for H in layers[1:-1]]
    return (torch.stack(spread) <= tol).any(0)
