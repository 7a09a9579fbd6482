"""Chuẩn tắc hóa bảng số mà không nhìn trộm tập kiểm định và kiểm tra.

Nhà: nm/06.
"""

import torch

from hocsau.data.split import Split


def standardise(data: Split) -> Split:
    """Trừ trung bình, chia độ lệch chuẩn của từng cột tập huấn luyện.

    Hai số của mỗi cột chỉ học từ ``data.train`` (bằng
    ``StandardScaler``), rồi dùng cho cả ba phần. X: (n, d) → float32
    cùng kích thước; y giữ nguyên. Cột không đổi thành toàn số 0.
    Lỗi: ``ValueError`` nếu X không phải bảng hai chiều.
    """
    from sklearn.preprocessing import StandardScaler

    shape = tuple(data.train[0].shape)
    if len(shape) != 2:
        raise ValueError(
            f"standardise: X có kích thước {shape}; cần bảng (n, d), "
            "ảnh thì gọi X.flatten(1) trước"
        )
    scaler = StandardScaler().fit(data.train[0].double())

    def scale(X):
        Z = scaler.transform(X.double())
        return torch.tensor(Z, dtype=torch.float32)

    return Split(*((scale(X) if len(X) else X, y) for X, y in data))
