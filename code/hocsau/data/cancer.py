"""Chẩn đoán khối u vú từ 30 số đo nhân tế bào, chia sẵn ba phần.

Nhà: nm/05.
"""

import torch

from hocsau.data.split import Split, split

MEASURES = (
    "bán kính",
    "kết cấu",
    "chu vi",
    "diện tích",
    "độ trơn",
    "độ gọn",
    "độ lõm",
    "điểm lõm",
    "đối xứng",
    "chiều fractal",
)
SUMMARIES = ("trung bình", "sai số chuẩn", "ba nhân lớn nhất")
FEATURES = tuple(f"{m}, {s}" for s in SUMMARIES for m in MEASURES)
CLASSES = ("lành tính", "ác tính")


def load(*, rng, val: float = 0.2, test: float = 0.2) -> Split:
    """569 khối u, xáo rồi chia theo tỷ lệ ``val`` và ``test``.

    Mỗi phần là (X, y), ``X``: (n, 30) float32 như gốc, cột thứ j
    tên là ``FEATURES[j]``; ``y``: (n,) int64, 1 là ác tính, tên lớp ở
    ``CLASSES`` (scikit-learn đánh số ngược lại).
    Nguồn: Breast Cancer Wisconsin (Diagnostic), kho UCI (Street,
    Wolberg và Mangasarian, 1993).
    """
    from sklearn.datasets import load_breast_cancer

    raw = load_breast_cancer()
    X = torch.tensor(raw.data, dtype=torch.float32)
    y = 1 - torch.tensor(raw.target, dtype=torch.int64)
    return split(X, y, val=val, test=test, rng=rng)
