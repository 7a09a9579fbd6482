"""Dữ liệu đồ chơi hai chiều: xoắn ốc nhiều cánh và đám mây Gauss.

Nhà: nyu/01-3.
"""

import math

import torch


def spiral(
    per_arm: int,
    *,
    arms: int = 3,
    turns: float = 0.6,
    noise: float = 0.2,
    rng: torch.Generator,
):
    """Sinh xoắn ốc ``arms`` cánh, mỗi cánh là một lớp.

    Điểm thứ i của cánh k có bán kính t chạy đều từ 0.05 đến 1 và góc
    2π(turns·t + k/arms) + noise·ε, với ε ~ N(0, 1) (radian). Bán kính
    không bắt đầu từ 0 vì ở gốc mọi cánh trùng nhau, không cách nào tách
    được.

    Trả về ``X``: (arms·per_arm, 2) float32 và ``y``: (arms·per_arm,)
    int64.
    Lỗi: ``ValueError`` nếu ``arms < 1`` hoặc ``per_arm < 2``.
    """
    if arms < 1 or per_arm < 2:
        raise ValueError(
            f"spiral: cần arms ≥ 1 và per_arm ≥ 2, "
            f"nhận {arms} và {per_arm}"
        )
    t = torch.linspace(0.05, 1, per_arm).repeat(arms)  # (n,)
    y = torch.arange(arms).repeat_interleave(per_arm)  # (n,)
    jitter = noise * torch.randn(len(t), generator=rng)
    angle = 2 * math.pi * (turns * t + y / arms) + jitter
    X = torch.stack([t * angle.cos(), t * angle.sin()], dim=1)
    return X, y


def gaussian(n: int, *, dim: int = 2, rng: torch.Generator):
    """Sinh ``n`` điểm độc lập từ N(0, I) trong ``dim`` chiều.

    Trả về: (n, dim) float32.
    """
    return torch.randn(n, dim, generator=rng)
