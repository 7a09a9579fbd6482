"""Điều chuẩn: suy giảm trọng số, ℓ₁ với bước gần kề, dropout.

Nhà: nyu/02-2.
"""

import numpy as np
import torch

from hocsau.dropout import forward


def decay_step(w, grad, *, lr, alpha):
    """Một bước hạ C + α‖w‖²: w co lại 1 − 2ηα lần rồi mới bước.

    ``w``, ``grad``: cùng kích thước, ``grad`` là ∂C/∂w.
    """
    return (1 - 2 * lr * alpha) * w - lr * grad


def soft_threshold(z, t):
    """argmin ½(w − z)² + t|w|: kéo về 0 một đoạn t, dừng lại ở 0."""
    return np.sign(z) * np.maximum(np.abs(z) - t, 0)


def lasso(X, y, alphas, *, num_steps=2000, proximal=True):
    """Hạ ‖y − Xw‖²/n + α‖w‖₁ cho mọi α một lượt, từ w = 0.

    ``proximal``: bước gradient rồi ngưỡng mềm (ISTA); ngược lại dùng
    đạo hàm dưới ∂|w| = sign(w). ``X``: (n, d), ``alphas``: (m,); trả về
    (d, m). Nguồn: Beck và Teboulle (2009).
    """
    n, d = X.shape
    lr = n / (2 * np.linalg.eigvalsh(X.T @ X)[-1])
    W = np.zeros((d, len(alphas)))
    for _ in range(num_steps):
        grad = 2 * X.T @ (X @ W - y[:, None]) / n  # (d, m)
        if proximal:
            W = soft_threshold(W - lr * grad, lr * alphas)
        else:
            W = W - lr * (grad + alphas * np.sign(W))
    return W


def ridge(X, y, alphas):
    """Cực tiểu của ‖y − Xw‖²/n + α‖w‖² cho mọi α: (d, m)."""
    n, d = X.shape
    A, c, I = X.T @ X / n, X.T @ y / n, np.eye(d)
    return np.stack([np.linalg.solve(A + a * I, c) for a in alphas], 1)


def dropout(H, p, *, rng):
    """Tắt mỗi phần tử với xác suất ``p``, phần còn lại chia 1 − p.

    Nhờ phép chia, kỳ vọng không đổi và lúc dự đoán khỏi làm gì.
    ``rng``: torch.Generator. Lỗi: ``ValueError`` nếu p ngoài [0, 1).
    """
    if not 0 <= p < 1:
        raise ValueError(f"dropout: cần 0 ≤ p < 1, nhận {p}")
    keep = torch.rand(H.shape, generator=rng, dtype=H.dtype) >= p
    return forward(H, keep, p)
