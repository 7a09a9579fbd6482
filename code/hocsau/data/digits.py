"""Chữ số viết tay 8 × 8 đi kèm scikit-learn, chia sẵn ba phần.

Nhà: nyu/03-3.
"""

import torch

from hocsau.data.split import Split, split


def load(*, rng, val: float = 0.2, test: float = 0.2) -> Split:
    """1 797 ảnh chữ số, xáo rồi chia theo tỷ lệ ``val`` và ``test``.

    Mỗi phần là (X, y), ``X``: (n, 1, 8, 8) float32 trong [0, 1],
    ``y``: (n,) int64 từ 0 tới 9.
    Nguồn: phần kiểm tra của bộ Optical Recognition of Handwritten
    Digits, kho UCI (Alpaydin và Kaynak, 1998).
    """
    from sklearn.datasets import load_digits

    raw = load_digits()
    X = torch.tensor(raw.images, dtype=torch.float32)[:, None] / 16
    y = torch.tensor(raw.target, dtype=torch.int64)
    return split(X, y, val=val, test=test, rng=rng)
