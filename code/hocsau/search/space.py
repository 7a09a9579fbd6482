"""Không gian siêu tham số: lưới, điểm ngẫu nhiên, mức quan trọng.

Một không gian là từ điển tên → (thấp, cao, "log" hay "đều"). Mọi hàm
đều làm việc trên hình lập phương đơn vị rồi mới đổi ra giá trị thật.
Nhà: nm/10.
"""

from itertools import product

import numpy as np


def grid(per_axis: int, d: int, *, shift=None):
    """Lưới đều ``per_axis``^d điểm trong [0, 1)^d, mỗi hàng một điểm.

    ``shift``: (d,) trong [0, 1), dời cả lưới theo phần của một ô; bỏ
    trống thì đặt điểm ở tâm ô.
    """
    shift = np.full(d, 0.5) if shift is None else np.asarray(shift)
    cells = np.array(list(product(range(per_axis), repeat=d)))
    return (cells + shift) / per_axis


def values(space: dict, U) -> dict:
    """Đổi điểm (n, d) của hình lập phương ra giá trị: tên → (n,).

    Lỗi: ``ValueError`` nếu thang đo không phải "log" hay "đều".
    """
    out = {}
    for (name, (low, high, kind)), u in zip(
        space.items(), np.asarray(U).T, strict=True
    ):
        if kind == "log":
            out[name] = low * (high / low) ** u
        elif kind == "đều":
            out[name] = low + (high - low) * u
        else:
            raise ValueError(
                f'values: {name} có thang {kind!r}; chọn "log" hay "đều"'
            )
    return out


def main_effects(Y) -> np.ndarray:
    """Mỗi trục giải thích bao nhiêu phần phương sai của bảng ``Y``.

    ``Y``: kết quả của mọi tổ hợp, mỗi siêu tham số một trục. Phần của
    trục j là phương sai của trung bình theo j chia cho phương sai cả
    bảng; tổng ≤ 1, phần còn lại là tương tác. Trả về (d,).
    """
    Y = np.asarray(Y, dtype=float)
    axes = range(Y.ndim)
    alone = [
        Y.mean(tuple(a for a in axes if a != j)).var() for j in axes
    ]
    return np.array(alone) / Y.var()
