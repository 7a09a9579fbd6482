"""Hạ gradient và hạ gradient ngẫu nhiên, ghi lại cả đường đi.

Người lạc trong sương chỉ cảm được độ dốc dưới chân ([slope]); [descend]
bước ngược độ dốc ấy; [sgd] chỉ hỏi độ dốc của vài mẫu cho mỗi bước.
Nhà: nyu/01-1.
"""

import numpy as np


def slope(f, w, *, h=1e-5):
    """Độ dốc của ``f`` tại ``w`` đo bằng sai phân trung tâm.

    ``∂f/∂wᵢ ≈ (f(w + h·eᵢ) − f(w − h·eᵢ)) / 2h``; ``w``: (d,), trả về
    (d,). Tốn 2d lần gọi ``f``; sai số cỡ h².
    """
    w = np.asarray(w, dtype=float)
    steps = h * np.eye(len(w))
    return np.array([(f(w + e) - f(w - e)) / (2 * h) for e in steps])


def descend(grad, w0, *, lr, num_steps):
    """Hạ gradient: ``w ← w − lr·grad(w)``, lặp ``num_steps`` lần.

    ``w0``: (d,); trả về đường đi (num_steps + 1, d), kể cả điểm đầu.
    Nguồn: Cauchy (1847).
    """
    path = [np.asarray(w0, dtype=float)]
    for _ in range(num_steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return np.stack(path)


def batches(n, batch_size, *, rng):
    """Xáo trộn ``0..n−1`` rồi cắt thành từng batch chỉ số."""
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def sgd(grad, w0, n, *, lr, batch_size, num_epochs, rng):
    """Hạ gradient ngẫu nhiên trên ``n`` mẫu, xáo trộn lại mỗi epoch.

    ``grad(w, batch)`` trả về gradient trung bình (d,) trên các mẫu có
    chỉ số trong ``batch``. Trả về đường đi (số bước + 1, d).
    Nguồn: Robbins và Monro (1951).
    """
    path = [np.asarray(w0, dtype=float)]
    for _ in range(num_epochs):
        for batch in batches(n, batch_size, rng=rng):
            path.append(path[-1] - lr * grad(path[-1], batch))
    return np.stack(path)
