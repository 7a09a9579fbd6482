"""Bàn thí nghiệm của dropout và chuẩn hóa: nhiều mạng học cùng lúc.

Một cấu hình, nhiều seed, nhiều tốc độ học: s mạng cùng hình xếp thành
tensor có thêm chiều đầu ([Linears]), các mạng không chạm vào nhau.
Nhà: nm/08.
"""

import torch
from torch import nn
from torch.nn import functional as F

from hocsau.batchnorm import BatchNorm
from hocsau.dropout import Dropout
from hocsau.layernorm import LayerNorm


class Linears(nn.Module):
    """s tầng tuyến tính: (s, n, d) → (s, n, k), khởi tạo như PyTorch."""

    def __init__(self, d, k, seeds):
        super().__init__()
        drawn = [_draw(d, k, seed) for seed in seeds]
        W, b = (torch.stack(part) for part in zip(*drawn, strict=True))
        self.weight, self.bias = nn.Parameter(W), nn.Parameter(b)

    def forward(self, X):
        return torch.baddbmm(self.bias, X, self.weight)


def _draw(d, k, rng):
    """U(±1/√d) cho trọng số (d, k) và bias (1, k)."""
    W, b = torch.rand(d, k, generator=rng), torch.rand(1, k, generator=rng)
    return (2 * W - 1) / d**0.5, (2 * b - 1) / d**0.5


def build(recipe, sizes, *, seeds, p=0.5, momentum=0.1):
    """s mạng theo công thức của mỗi tầng ẩn, ví dụ "linear bn relu".

    Từ dùng được: linear, bn, ln, relu, drop; dấu / ngăn các tầng ẩn
    khác nhau, thiếu thì lặp lại công thức cuối. ``p``: số, hay (s,).
    """
    rngs = [torch.Generator().manual_seed(int(i)) for i in seeds]
    s, p = len(rngs), torch.as_tensor(p, dtype=torch.float32)
    p = p.reshape(-1, 1, 1)
    masks = torch.Generator().manual_seed(int(seeds[0]))
    make = {
        "linear": lambda d, k: Linears(d, k, rngs),
        "bn": lambda d, k: BatchNorm(s, 1, k, momentum=momentum),
        "ln": lambda d, k: LayerNorm(s, 1, k),
        "relu": lambda d, k: nn.ReLU(),
        "drop": lambda d, k: Dropout(p, rng=masks),
    }
    parts = recipe.split("/")
    layers = []
    for i, (d, k) in enumerate(zip(sizes[:-2], sizes[1:-1], strict=True)):
        words = parts[min(i, len(parts) - 1)].split()
        layers += [make[word](d, k) for word in words]
    return nn.Sequential(*layers, Linears(*sizes[-2:], rngs))


def losses(logits, y):
    """Entropy chéo của từng mạng: (s, n, k), (s, n) → (s,)."""
    flat = F.cross_entropy(
        logits.flatten(0, 1), y.flatten(), reduction="none"
    )
    return flat.view(y.shape).mean(1)
