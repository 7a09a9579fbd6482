"""Tăng cường dữ liệu: xoay, dời, co giãn ảnh nhỏ một cách ngẫu nhiên.

Nhà: du-an/anh.
"""

import math

import torch
from torch.nn import functional as F

from hocsau.data.batches import Batches


def even(n: int, rng) -> torch.Tensor:
    """``n`` số đều trong [−1, 1)."""
    return 2 * torch.rand(n, generator=rng) - 1


def jitter(X, *, shift: float, turn: float, stretch=0.1, rng):
    """Biến mỗi ảnh (n, c, h, w) bằng một phép ngẫu nhiên riêng.

    Dời tối đa ``shift`` điểm ảnh mỗi chiều, xoay tối đa ``turn`` độ, co
    giãn tối đa ``stretch``. Nội suy song tuyến; ngoài khung là 0.
    """
    n, (h, w) = len(X), X.shape[-2:]
    angle = even(n, rng) * math.radians(turn)
    scale = 1 + even(n, rng) * stretch
    right = even(n, rng) * 2 * shift / w
    down = even(n, rng) * 2 * shift / h
    cos, sin = angle.cos() * scale, angle.sin() * scale
    rows = [cos, -sin, right, sin, cos, down]
    theta = torch.stack(rows, dim=1).reshape(n, 2, 3)
    grid = F.affine_grid(theta, list(X.shape), align_corners=False)
    return F.grid_sample(X, grid, align_corners=False)


class Jittered:
    """Các batch (X, y), mỗi epoch biến lại cả tập rồi mới cắt.

    ``X``: (n, c, h, w); ``amount``: ``shift``, ``turn``, ``stretch``
    của ``jitter``.
    """

    def __init__(self, X, y, *, batch_size: int, rng, **amount):
        self.X, self.rng, self.amount = X, rng, amount
        self.batches = Batches(X, y, batch_size=batch_size, rng=rng)

    def __len__(self) -> int:
        """Số batch của một epoch."""
        return len(self.batches)

    def __iter__(self):
        X = jitter(self.X, rng=self.rng, **self.amount)
        self.batches.tensors = (X, *self.batches.tensors[1:])
        yield from self.batches
