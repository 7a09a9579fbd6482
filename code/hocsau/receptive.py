"""Vùng tiếp nhận đo bằng gradient: đầu ra nghe đầu vào nào, mạnh cỡ nào.

Nhà: nyu/03-3.
"""

import torch


def influence(build, size: int, *, seeds=range(10), dims: int = 1):
    """Trung bình bình phương đạo hàm của đầu ra giữa theo đầu vào.

    ``build()`` dựng một mạng nhận (1, 1, size) hay (1, 1, size, size) và
    trả về feature map; mỗi seed một mạng và một đầu vào ngẫu nhiên.
    Trả về mảng float64 (size,) hay (size, size), tổng bằng 1.
    Lỗi: ``ValueError`` nếu đầu ra giữa không phụ thuộc đầu vào.
    """
    total = 0
    for seed in seeds:
        torch.manual_seed(seed)
        model = build().double()
        x = torch.randn(1, 1, *[size] * dims, dtype=torch.float64)
        x.requires_grad_()
        y = model(x)
        middle = tuple(n // 2 for n in y.shape[2:])
        (grad,) = torch.autograd.grad(y[(0, 0, *middle)], x)
        total = total + grad[0, 0] ** 2
    if total.sum() == 0:
        raise ValueError(
            "influence: đạo hàm bằng 0 ở mọi seed; kiểm tra ReLU chết "
            "hay tầng đã tách khỏi đồ thị"
        )
    return (total / total.sum()).numpy()


def reach(profile) -> int:
    """Số đầu vào có ảnh hưởng khác 0 (một chiều): vùng tiếp nhận."""
    return int((profile > 0).sum())


def width(profile) -> float:
    """Độ lệch chuẩn (ô) của hồ sơ ảnh hưởng một chiều, tổng bằng 1."""
    at = torch.arange(len(profile), dtype=torch.float64).numpy()
    mean = (profile * at).sum()
    return float((profile * (at - mean) ** 2).sum() ** 0.5)
