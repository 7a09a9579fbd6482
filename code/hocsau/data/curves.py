"""Dữ liệu hồi quy một biến: đường bậc ba và nhiễu.

Nhà: nyu/02-3.
"""

import torch


def cubic(
    n: int,
    *,
    lim: float = 1.0,
    noise: float = 0.3,
    rng: torch.Generator,
):
    """Sinh ``n`` điểm của y = x³ + noise·(u − 1/2), u ~ U[0, 1).

    Nhiễu có trung bình 0 và độ lệch chuẩn noise/√12, nên x³ đúng là
    E[y | x], hàm mà hồi quy bình phương nhỏ nhất phải tìm.
    ``lim``: x cách đều từ −lim đến lim.
    Trả về ``X``: (n, 1) và ``y``: (n, 1), float32.
    Lỗi: ``ValueError`` nếu ``n < 2``, ``lim ≤ 0`` hay ``noise < 0``.
    """
    if n < 2 or lim <= 0 or noise < 0:
        raise ValueError(
            f"cubic: n = {n}, lim = {lim}, noise = {noise}; "
            "cần n ≥ 2, lim > 0, noise ≥ 0"
        )
    X = torch.linspace(-lim, lim, n)[:, None]  # (n, 1)
    u = torch.rand(n, 1, generator=rng)
    return X, X**3 + noise * (u - 0.5)
