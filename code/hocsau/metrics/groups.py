"""Chất lượng theo nhóm: tỷ lệ và AUC từng nhóm.

Nhà: mit/lab2-2.
"""

import torch

from hocsau.metrics.ranking import auc


def rates(hit, group, num_groups: int):
    """Tỷ lệ ``hit`` trong từng nhóm: (num_groups,), nan nếu rỗng."""
    hit = torch.as_tensor(hit).double()
    group = torch.as_tensor(group)
    total = torch.bincount(group, minlength=num_groups)
    found = torch.bincount(group, weights=hit, minlength=num_groups)
    return found / total


def group_auc(face_logits, face_group, other_logits, other_group):
    """AUC khi chỉ so mặt và hình khác của cùng một nhóm: (g,)."""
    scores = []
    for g in sorted(set(face_group.tolist())):
        a = face_logits[face_group == g]
        b = other_logits[other_group == g]
        y = torch.cat([torch.ones(len(a)), torch.zeros(len(b))])
        scores.append(float(auc(torch.cat([a, b]), y)))
    return torch.tensor(scores)
