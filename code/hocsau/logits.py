"""Mất mát của bài hai lớp, viết theo xác suất và viết theo logit.

Nhà: nm/05.
"""

import math

import torch


def from_probability(p, y):
    """Entropy chéo chép thẳng từ công thức: −y ln p − (1−y) ln(1−p).

    ``p``: xác suất của lớp 1; ``y``: nhãn 0 hay 1, cùng kích thước; trả
    về từng mẫu. Ở p = 0 hay 1 thì ra vô cùng hoặc nan.
    """
    return -y * torch.log(p) - (1 - y) * torch.log(1 - p)


def softplus(z):
    """ln(1 + eᶻ) = max(z, 0) + ln(1 + e^−|z|), không bao giờ tràn."""
    return z.clamp(min=0) + torch.log1p(torch.exp(-z.abs()))


def from_logit(z, y):
    """Entropy chéo nhị phân của logit: ln(1 + eᶻ) − yz, từng mẫu.

    ``z``, ``y``: cùng kích thước; ``y`` trong [0, 1].
    """
    return softplus(z) - y * z


def slope(z, y):
    """Đạo hàm của ``from_logit`` theo z: σ(z) − y."""
    return torch.sigmoid(z) - y


def dead_from(dtype, *, widened: bool = False) -> float:
    """Logit từ đó 1 − σ(z) làm tròn thành 0 trong kiểu ``dtype``.

    Gọi eps là khoảng cách từ 1 tới số kế trên: 1 + e^−z làm tròn thành
    1 khi e^−z ≤ eps/2. ``widened``: σ được tính ở kiểu rộng hơn rồi mới
    làm tròn, như PyTorch làm với float16 và bfloat16; số kế dưới 1 chỉ
    cách eps/2, nên điều kiện là e^−z ≤ eps/4.
    """
    eps = torch.finfo(dtype).eps
    return math.log((4 if widened else 2) / eps)
