"""Phân loại theo mẫu đại diện gần nhất, và cách học các mẫu ấy.

Mỗi lớp một hàng của ``W``; mẫu thuộc lớp có hàng gần nhất ([nearest]).
[soft_gradient] cho gradient để kéo và đẩy các mẫu đại diện.
Nhà: nyu/02-1.
"""

import numpy as np


def half_distances(X, W):
    """``½‖x − w_k‖²``: (n, d) và (k, d) thành (n, k)."""
    cross = X @ W.T
    return 0.5 * ((X**2).sum(1)[:, None] + (W**2).sum(1)) - cross


def nearest(X, W):
    """Chỉ số mẫu đại diện gần nhất: (n,) số nguyên."""
    return half_distances(X, W).argmin(axis=1)


def soft_gradient(X, y, W):
    """Mất mát mềm và gradient của nó theo ``W``.

    Với ``p = softmax(−½‖x − w_k‖²)``, mất mát là trung bình ``−ln p_y``
    và gradient hàng k là trung bình của ``(p_k − 1[k = y]) (x − w_k)``.
    ``y``: (n,) nhãn. Trả về ``(loss, grad)``, ``grad``: (k, d).
    """
    z = -half_distances(X, W)
    z = z - z.max(axis=1, keepdims=True)  # tránh tràn số
    logsum = np.log(np.exp(z).sum(axis=1, keepdims=True))
    P = np.exp(z - logsum)  # (n, k)
    rows = np.arange(len(X))
    loss = (logsum[:, 0] - z[rows, y]).mean()
    P[rows, y] -= 1
    grad = (P.T @ X - P.sum(axis=0)[:, None] * W) / len(X)
    return loss, grad
