"""Đưa đầu vào về trung bình 0, độ lệch chuẩn 1.

Nhà: nyu/02-2.
"""

import torch


def moments(X, *, keep=-1):
    """Trung bình và độ lệch chuẩn theo từng chỉ số của chiều ``keep``.

    Bảng (n, d) giữ chiều −1: mỗi đặc trưng một cặp. Ảnh (n, c, h, w)
    giữ chiều 1: mỗi kênh màu một cặp. Kích thước trả về nở ra được theo
    ``X``. Chỉ gọi trên tập huấn luyện.
    """
    keep = keep % X.dim()
    dims = [i for i in range(X.dim()) if i != keep]
    mean = X.mean(dims, keepdim=True)
    std = X.std(dims, keepdim=True, unbiased=False)
    return mean, std


def standardise(X, mean, std, *, eps=1e-3):
    """(X − mean) / max(std, eps).

    ``eps`` cùng đơn vị với ``X``: dưới mức dao động ấy coi là nhiễu.
    """
    return (X - mean) / torch.clamp(std, min=eps)
