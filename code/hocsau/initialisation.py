"""Khởi tạo trọng số và cỡ tín hiệu khi đi qua nhiều tầng.

Nhà: nyu/02-2.
"""

import math

import torch


def kaiming_std(fan_in, *, slope=0.0):
    """Độ lệch chuẩn √(2 / ((1 + slope²)·fan_in)).

    ``slope`` là độ dốc bên âm của leaky ReLU (0: ReLU, 1: tuyến tính,
    khi ấy còn √(1/fan_in)). Nguồn: He và cộng sự (2015).
    """
    return math.sqrt(2 / ((1 + slope**2) * fan_in))


def signal(depth, width, *, gain, seeds, act=torch.relu, skip=False):
    """Cỡ (căn trung bình bình phương) của H sau từng tầng.

    H ← act(HW), W từ N(0, gain²/width); ``skip``: H ← H + act(HW). Đầu
    vào là 64 hàng từ N(0, 1). Trả về (số seed, depth + 1), float64.
    """
    rows = []
    for seed in seeds:
        rng = torch.Generator().manual_seed(int(seed))
        make = {"generator": rng, "dtype": torch.float64}
        H = torch.randn(64, width, **make)
        sizes = [H.square().mean().sqrt()]
        for _ in range(depth):
            W = torch.randn(width, width, **make)
            out = act(H @ W * (gain / math.sqrt(width)))
            H = H + out if skip else out
            sizes.append(H.square().mean().sqrt())
        rows.append(torch.stack(sizes))
    return torch.stack(rows)
