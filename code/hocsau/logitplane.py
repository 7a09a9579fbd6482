"""Mặt phẳng logit: nơi ba logit của bài toán ba lớp vẽ được trọn vẹn.

Cộng cùng một số vào cả ba logit thì softmax không đổi, nên chỉ hai
chiều của logit có nghĩa. Mặt phẳng này giữ đúng hai chiều ấy; trên đó
ba lớp chiếm ba múi 120 độ bằng nhau.
Nhà: nyu/02-3.
"""

import math

import torch


def corners(dtype=torch.float32):
    """Ba vector đơn vị cách nhau 120 độ, lớp 0 chỉ lên trên: (3, 2)."""
    turn = torch.arange(3, dtype=dtype) * (2 * math.pi / 3)
    return torch.stack([-turn.sin(), turn.cos()], dim=1)


def project(logits):
    """Chiếu logit xuống mặt phẳng: p = √(2/3)·Σₖ zₖ vₖ.

    ``logits``: (..., 3) → (..., 2). Khoảng cách giữ nguyên so với logit
    đã trừ trung bình, và lớp có logit cao nhất là lớp có vₖ cùng hướng
    với p nhất.
    Lỗi: ``ValueError`` nếu số lớp khác 3.
    """
    if logits.shape[-1] != 3:
        raise ValueError(
            f"project: cần 3 lớp, nhận {logits.shape[-1]}; nhiều lớp "
            "hơn thì logit không nằm vừa một mặt phẳng"
        )
    return math.sqrt(2 / 3) * logits @ corners(logits.dtype)


def label(P):
    """Lớp của múi chứa từng điểm: (n, 2) → (n,) int64."""
    P = torch.as_tensor(P)
    return (P @ corners(P.dtype).T).argmax(-1)
