"""Khai triển đặc trưng: đưa dữ liệu lên nhiều chiều cho dễ tách.

Lát ô, đặc trưng ngẫu nhiên, đa thức, RBF, biểu đồ hướng; kèm hàm đếm
của Cover.
Nhà: nyu/01-2.
"""

from itertools import combinations_with_replacement
from math import comb

import numpy as np


def tile(X, *, bins: int, low: float = -1.0, high: float = 1.0):
    """Lát mỗi chiều thành ``bins`` khoảng; mỗi điểm bật đúng một ô.

    ``X``: (n, d). Trả về (n, bins**d) gồm 0 và 1; điểm ngoài khoảng
    [low, high] tính vào ô ngoài cùng.
    """
    X = np.asarray(X, dtype=float)
    scaled = (X - low) / (high - low) * bins
    cell = np.clip(scaled.astype(int), 0, bins - 1)  # (n, d)
    index = np.ravel_multi_index(tuple(cell.T), (bins,) * X.shape[1])
    return np.eye(bins ** X.shape[1])[index]


def random_features(X, num_features: int, *, rng, scale: float = 1.0):
    """Đặc trưng ngẫu nhiên relu(X W + b); W, b rút một lần rồi để yên.

    ``X``: (n, d). Trả về (n, num_features). Họ hàng của đặc trưng cosin
    trong Rahimi và Recht (2007).
    """
    X = np.asarray(X, dtype=float)
    W = scale * rng.normal(size=(X.shape[1], num_features))
    b = scale * rng.uniform(-1, 1, size=num_features)
    Z = X @ W + b  # (n, num_features)
    return np.maximum(Z, 0)


def polynomial(X, degree: int):
    """Mọi đơn thức bậc 1 đến ``degree``, kể cả tích chéo.

    ``X``: (n, d). Trả về (n, comb(d + degree, degree) - 1).
    """
    X = np.asarray(X, dtype=float)
    columns = [
        np.prod(X[:, list(which)], axis=1)
        for p in range(1, degree + 1)
        for which in combinations_with_replacement(range(X.shape[1]), p)
    ]
    return np.stack(columns, axis=1)


def rbf(X, centers, *, gamma: float = 1.0):
    """Độ tương tự với từng tâm: exp(-gamma * bình phương khoảng cách).

    ``X``: (n, d); ``centers``: (m, d). Trả về (n, m), mỗi số trong (0, 1].
    """
    X, centers = (
        np.asarray(X, dtype=float),
        np.asarray(centers, dtype=float),
    )
    square = (
        (X**2).sum(1)[:, None] + (centers**2).sum(1) - 2 * X @ centers.T
    )
    return np.exp(-gamma * np.maximum(square, 0))


def orientation_histograms(
    images, *, bins: int = 8, cell: int = 4, step: int = 2
):
    """Đặc trưng làm tay: mỗi ô cộng độ lớn gradient theo hướng.

    ``images``: (n, h, w). Trả về (n, số ô * bins); các ô cạnh
    ``cell`` chồng nhau với bước ``step``.
    Nguồn: dạng rút gọn của Dalal và Triggs (2005).
    """
    gy, gx = np.gradient(np.asarray(images, dtype=float), axis=(1, 2))
    size = np.hypot(gx, gy)  # (n, h, w)
    angle = np.arctan2(gy, gx) % (2 * np.pi)
    which = np.minimum(
        (angle / (2 * np.pi) * bins).astype(int), bins - 1
    )
    votes = size[..., None] * np.eye(bins)[which]  # (n, h, w, bins)
    rows = range(0, votes.shape[1] - cell + 1, step)
    cols = range(0, votes.shape[2] - cell + 1, step)
    cells = [
        votes[:, r : r + cell, c : c + cell].sum((1, 2))
        for r in rows
        for c in cols
    ]
    H = np.concatenate(cells, axis=1)
    return H / (np.linalg.norm(H, axis=1, keepdims=True) + 1e-9)


def cover_count(n: int, d: int) -> int:
    """Số cách tách n điểm tổng quát trong R^d bằng siêu phẳng qua gốc.

    C(n, d) = 2 * sum_{k < d} comb(n - 1, k). Nguồn: Cover (1965).
    """
    return 2 * sum(comb(n - 1, k) for k in range(d))


def ridge_fit(F, Y, *, decay: float):
    """Tầng tuyến tính bình phương tối thiểu, có suy giảm trọng số.

    ``F``: (n, m); ``Y``: (n, k). Trả về (m + 1, k); hàng cuối là
    bias, không bị suy giảm.
    """
    F1 = np.hstack([F, np.ones((len(F), 1))])
    penalty = decay * np.eye(F1.shape[1])
    penalty[-1, -1] = (
        1e-8  # tránh ma trận suy biến, không ảnh hưởng kết quả
    )
    return np.linalg.solve(F1.T @ F1 + penalty, F1.T @ Y)


def ridge_scores(F, W):
    """Điểm số F W + b; ``F``: (n, m), ``W``: (m + 1, k)."""
    return F @ W[:-1] + W[-1]
