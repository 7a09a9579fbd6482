"""Đa tạp cong có số bậc tự do biết trước, PCA và số chiều cục bộ.

Nhà: nyu/01-2.
"""

import numpy as np


def bar_images(angle, shift, *, size: int = 24, softness: float = 0.7):
    """Ảnh một thanh sáng xoay và dời ngang: đúng hai bậc tự do.

    ``angle`` (radian), ``shift`` (điểm ảnh): (n,). Trả về
    (n, size, size) trong [0, 1]; mép thanh mềm nên ảnh đổi trơn.
    """
    angle, shift = (
        np.atleast_1d(angle)[:, None, None],
        np.atleast_1d(shift)[:, None, None],
    )
    axis = np.arange(size) - (size - 1) / 2
    x, y = axis[None, None, :] - shift, axis[None, :, None]
    along = x * np.cos(angle) + y * np.sin(angle)
    across = -x * np.sin(angle) + y * np.cos(angle)
    soft = lambda distance: 0.5 * (1 + np.tanh(distance / softness))  # noqa: E731
    return soft(size / 4 - np.abs(along)) * soft(
        size / 12 - np.abs(across)
    )


def arc(
    n: int, *, turn: float = 1.5 * np.pi, noise: float = 0.0, rng=None
):
    """Cung tròn trong mặt phẳng: đa tạp cong một chiều.

    Trả về tọa độ (n, 2) và góc (n,); ``noise`` > 0 thì cần ``rng``.
    """
    t = np.linspace(0, turn, n)
    X = np.stack([np.cos(t), np.sin(t)], axis=1)
    return (X + noise * rng.normal(size=X.shape) if noise else X), t


def pca(X):
    """PCA bằng SVD của dữ liệu đã trừ trung bình.

    ``X``: (n, d). Trả về trung bình (d,), các hướng trực chuẩn (k, d)
    xếp theo phương sai giảm dần, phương sai (k,); k = min(n, d).
    """
    X = np.asarray(X, dtype=float)
    mean = X.mean(axis=0)
    _, s, components = np.linalg.svd(X - mean, full_matrices=False)
    return mean, components, s**2 / len(X)


def components_needed(variances, share: float = 0.95) -> int:
    """Số thành phần ít nhất giữ được phần ``share`` phương sai."""
    kept = np.cumsum(variances) / np.sum(variances)
    return int(np.searchsorted(kept, share - 1e-12) + 1)


def local_dimension(
    X, *, neighbors: int = 12, share: float = 0.95, rng=None, points=60
):
    """Số chiều cục bộ: trung vị số thành phần PCA cần ở từng lân cận.

    ``X``: (n, d). Xét ``points`` điểm (rút bằng ``rng`` nếu có, không
    thì rải đều), mỗi điểm lấy ``neighbors`` láng giềng gần nhất.
    """
    X = np.asarray(X, dtype=float)
    if rng is None:
        chosen = np.linspace(0, len(X) - 1, points).astype(int)
    else:
        chosen = rng.choice(len(X), size=points, replace=False)
    needed = []
    for i in chosen:
        near = np.argsort(((X - X[i]) ** 2).sum(axis=1))[
            : neighbors + 1
        ]
        needed.append(components_needed(pca(X[near])[2], share))
    return int(np.median(needed))
