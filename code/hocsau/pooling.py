"""Các phép gộp: L_p, log-prob và giới hạn của chúng.

Nhà: nyu/03-2.
"""

import math

import torch
from torch.nn import functional as F


def windows(x, size: int, stride: int | None = None):
    """Cắt các ô vuông: (n, c, h, w) → (n, c, h', w', size²).

    h' = (h - size) // stride + 1; ``stride`` bỏ trống thì các ô kề nhau.
    Lỗi: ``ValueError`` nếu ô lớn hơn ảnh.
    """
    if size > min(x.shape[-2:]):
        raise ValueError(
            f"windows: ô cạnh size={size} lớn hơn ảnh {tuple(x.shape[-2:])}; giảm size"
        )
    stride = stride or size
    rows = x.unfold(2, size, stride)
    return rows.unfold(3, size, stride).flatten(4)


def lp_mean(x, p: float, *, eps: float = 1e-12):
    """(trung bình của |x|^p)^(1/p) theo chiều cuối; p = inf: cực đại.

    Số lớn nhất được rút ra trước khi lũy thừa để không tràn; ``eps``
    giữ đạo hàm hữu hạn khi cả ô bằng 0.
    """
    size = x.abs()
    top = size.amax(-1, keepdim=True)
    if math.isinf(p):
        return top.squeeze(-1)
    top = top.detach() + eps
    mean = ((size / top) ** p).mean(-1, keepdim=True)
    return (top * (mean + eps) ** (1 / p)).squeeze(-1)


def log_mean_exp(x, b: float):
    """Gộp log-prob theo chiều cuối: (1/b) log trung bình của exp(b x).

    b → 0 cho trung bình, b → inf cho cực đại; b = 0 và b = ±inf được
    tính đúng bằng giới hạn.
    """
    if b == 0:
        return x.mean(-1)
    if math.isinf(b):
        return x.amax(-1) if b > 0 else x.amin(-1)
    return (torch.logsumexp(b * x, -1) - math.log(x.shape[-1])) / b


def lp_pool(x, p: float, size: int, stride: int | None = None):
    """Gộp L_p từng ô: (n, c, h, w) → (n, c, h', w')."""
    return lp_mean(windows(x, size, stride), p)


def blur_pool(x, size: int = 2):
    """Gộp cực đại dày rồi làm mờ, sau cùng mới lấy thưa 2 lần.

    Bộ lọc mờ là [1, 2, 1] ⊗ [1, 2, 1] / 16. Bản tính cực đại với sải
    bước 1 nên gần như đẳng biến; làm mờ bớt phần tần số cao trước khi
    bỏ bớt vị trí. Nguồn: Zhang (2019).
    """
    x = F.pad(F.max_pool2d(x, size, stride=1), (1,) * 4, "replicate")
    line = torch.tensor([1.0, 2.0, 1.0], dtype=x.dtype) / 4
    kernel = (line[:, None] * line).expand(x.shape[1], 1, 3, 3)
    return F.conv2d(x, kernel, stride=2, groups=x.shape[1])
