"""Hình học của một nơ-ron: đường thẳng w·x + b = 0 và hai nửa nó chia.

Nhà: nm/01.
"""

import torch


def signed_distance(X, w, b):
    """Khoảng cách có dấu ``(x·w + b)/‖w‖`` tới ranh giới.

    ``X``: (n, d), ``w``: (d,), ``b``: số; trả về (n,), dương ở phía mà
    ``w`` chỉ tới.
    Lỗi: ``ValueError`` nếu ``w`` bằng 0: không có ranh giới nào.
    """
    if not w.any():
        raise ValueError(
            "signed_distance: w = 0 không tạo ra ranh giới; "
            "kiểm tra lại việc khởi tạo hay huấn luyện"
        )
    return (X @ w + b) / torch.linalg.vector_norm(w)


def boundary(ax, w, b, **look):
    """Vẽ đường ``w₁x₁ + w₂x₂ + b = 0`` suốt khung của ``ax``.

    ``w``: (2,); ``look``: màu, nét, nhãn như ``ax.plot``. Không vẽ gì
    nếu ``w`` bằng 0. Đặt giới hạn trục trước khi gọi.
    """
    w1, w2, b = float(w[0]), float(w[1]), float(b)
    size = w1 * w1 + w2 * w2
    if size > 0:
        foot = (-b * w1 / size, -b * w2 / size)  # gần gốc nhất
        on_line = (foot[0] - w2, foot[1] + w1)
        ax.axline(foot, on_line, **look)
    return ax
