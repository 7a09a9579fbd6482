"""Chất lượng theo nhóm: tỷ lệ kèm khoảng tin cậy, AUC từng nhóm.

Nhà: mit/lab2-2.
"""

import math

import torch

from hocsau.metrics.ranking import auc


def rates(hit, group, num_groups: int):
    """Tỷ lệ ``hit`` trong từng nhóm: (num_groups,), nan nếu rỗng."""
    hit = torch.as_tensor(hit).double()
    group = torch.as_tensor(group)
    total = torch.bincount(group, minlength=num_groups)
    found = torch.bincount(group, weights=hit, minlength=num_groups)
    return found / total


def wilson(hits: int, n: int, *, z: float = 1.96):
    """Khoảng tin cậy Wilson của tỷ lệ ``hits``/``n``: (thấp, cao).

    ``z`` = 1.96 cho 95%. Khác với p ± z·sai số chuẩn, khoảng này không
    co về một điểm khi tỷ lệ bằng 0 hay 1.
    Nguồn: Wilson (1927).
    """
    if n < 1 or not 0 <= hits <= n:
        raise ValueError(f"wilson: cần 0 ≤ hits ≤ n, nhận {hits}, {n}")
    p = hits / n
    center = p + z * z / (2 * n)
    reach = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return (center - reach) / scale, (center + reach) / scale


def group_auc(face_logits, face_group, other_logits, other_group):
    """AUC khi chỉ so mặt và hình khác của cùng một nhóm: (g,)."""
    scores = []
    for g in sorted(set(face_group.tolist())):
        a = face_logits[face_group == g]
        b = other_logits[other_group == g]
        y = torch.cat([torch.ones(len(a)), torch.zeros(len(b))])
        scores.append(float(auc(torch.cat([a, b]), y)))
    return torch.tensor(scores)
