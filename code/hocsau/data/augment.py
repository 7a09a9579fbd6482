"""Tăng cường ảnh: dời vài điểm ảnh, và quyết định ảnh nào bị đổi.

Nhà: nm/06.
"""

import torch
from torch.nn import functional as F


def shift(X, most: int, *, rng):
    """Dời mỗi ảnh tới ``most`` điểm ảnh theo hai chiều, bù bằng số 0.

    Mọi độ dời nguyên trong [−most, most]² đều khả năng. ``X``:
    (n, c, h, w), trả về tensor mới cùng kích thước.
    Lỗi: ``ValueError`` nếu X không có bốn chiều.
    """
    if X.dim() != 4:
        raise ValueError(
            f"shift: X có kích thước {tuple(X.shape)}; cần "
            "(n, c, h, w), một ảnh thì gọi X[None]"
        )
    n, c, h, w = X.shape
    wide = F.pad(X, (most,) * 4)
    top = torch.randint(2 * most + 1, (2, n, 1, 1, 1), generator=rng)
    rows = top[0] + torch.arange(h)[:, None]  # (n, 1, h, 1)
    cols = top[1] + torch.arange(w)  # (n, 1, 1, w)
    pick = torch.arange(n)[:, None, None, None]
    return wide[pick, torch.arange(c)[:, None, None], rows, cols]


def sometimes(X, change, p: float, *, rng):
    """Mỗi mẫu lấy bản ``change(X)`` với xác suất ``p``, không thì giữ.

    ``X``: (n, ...); trả về cùng kích thước.
    """
    hit = torch.rand(len(X), generator=rng) < p
    hit = hit.reshape(-1, *[1] * (X.dim() - 1))
    return torch.where(hit, change(X), X)
