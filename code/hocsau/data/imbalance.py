"""Lớp hiếm: trọng số để lấy mẫu hay để phạt, và cách gỡ nó ra.

Nhà: nm/06.
"""

import math

import torch


def positive_weight(y) -> float:
    """Số mẫu âm chia số mẫu dương, w = n₀/n₁. ``y``: (n,) gồm 0 và 1.

    Lỗi: ``ValueError`` nếu thiếu một trong hai lớp.
    """
    n1 = int((y == 1).sum())
    if not 0 < n1 < len(y):
        raise ValueError(
            f"positive_weight: {n1} mẫu dương trong {len(y)}; cần có "
            "cả hai lớp"
        )
    return (len(y) - n1) / n1


def sample_weights(y):
    """Trọng số từng mẫu, 1/(số mẫu cùng lớp): (n,) float64.

    Lấy mẫu có lặp theo trọng số này thì lớp nào cũng ra đều như nhau.
    ``y``: (n,) số nguyên không âm.
    """
    return 1 / torch.bincount(y).double()[y]


def undo_weight(logits, w: float):
    """Gỡ trọng số dương ``w`` khỏi logit: z − ln w."""
    return logits - math.log(w)
