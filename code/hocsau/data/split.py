"""Chia dữ liệu ba phần: huấn luyện, kiểm định, kiểm tra.

Nhà: nyu/02-3.
"""

from typing import NamedTuple

import torch


class Split(NamedTuple):
    """Ba phần, mỗi phần là một cặp (X, y)."""

    train: tuple
    val: tuple
    test: tuple


def split(X, y, *, val: float, test: float, rng) -> Split:
    """Xáo rồi chia: ``val`` và ``test`` là tỷ lệ, phần còn lại để học.

    Lỗi: ``ValueError`` nếu X, y lệch nhau hoặc không còn gì để học.
    """
    n = len(X)
    if n != len(y):
        raise ValueError(f"split: {n} mẫu X nhưng {len(y)} nhãn y")
    num_val, num_test = round(val * n), round(test * n)
    if val < 0 or test < 0 or num_val + num_test >= n:
        raise ValueError(
            f"split: val = {val}, test = {test}; cần ≥ 0 và tổng dưới 1"
        )
    order = torch.randperm(n, generator=rng)
    cuts = [n - num_val - num_test, num_val, num_test]
    return Split(*((X[i], y[i]) for i in order.split(cuts)))
