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
    ``y``: (n,) số nguyên không âm; khác thì ``ValueError``.
    """
    y = class_numbers(y)
    return 1 / torch.bincount(y).double()[y]


def class_numbers(y):
    """``y`` thành (n,) int64, sau khi soát rằng nó là số thứ tự lớp."""
    if y.dim() != 1:
        raise ValueError(
            f"sample_weights: y có kích thước {tuple(y.shape)}, cần "
            "(n,); (n, 1) thì gọi y.squeeze(1)"
        )
    if not len(y):
        raise ValueError("sample_weights: y không có mẫu nào")
    fine = (y >= 0) & (y == y.long())
    if not fine.all():
        raise ValueError(
            f"sample_weights: y có nhãn {y[~fine][0].item():g}; đánh "
            "số lại các lớp bằng số nguyên từ 0"
        )
    return y.long()


def undo_weight(logits, w: float):
    """Gỡ trọng số dương ``w`` khỏi logit: z − ln w."""
    return logits - math.log(w)
