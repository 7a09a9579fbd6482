"""Mất mát viết tay từ độ hợp lý: Gauss, Laplace, nhãn cứng, nhãn mềm.

Bản của PyTorch nhanh và ổn định hơn; các hàm này để đọc và để đối
chiếu.
Nhà: nm/07.
"""

import math

from torch.nn import functional as F


def gauss_nll(y_hat, y, sigma: float = 1.0):
    """−log N(y; ŷ, σ²), trung bình theo mẫu; ŷ, y: (n,)."""
    log_scale = math.log(sigma * math.sqrt(2 * math.pi))
    return ((y - y_hat) ** 2).mean() / (2 * sigma**2) + log_scale


def laplace_nll(y_hat, y, b: float = 1.0):
    """−log của mật độ exp(−|y − ŷ|/b)/2b, trung bình theo mẫu."""
    return (y - y_hat).abs().mean() / b + math.log(2 * b)


def smooth_labels(y, k: int, eps: float):
    """Nhãn mềm (n, k): 1 − ε dồn vào nhãn y, ε chia đều k lớp."""
    return (1 - eps) * F.one_hot(y, k) + eps / k


def soft_cross_entropy(logits, q):
    """−Σ q log softmax(logits), trung bình theo mẫu; cả hai (n, k)."""
    return -(q * logits.log_softmax(1)).sum(1).mean()


def ideal_gap(k: int, eps: float) -> float:
    """Khoảng hơn của logit đúng tại đáy của mất mát nhãn mềm.

    ln((1 − ε + ε/k) / (ε/k)); ε = 0 thì vô cùng.
    """
    return math.inf if not eps else math.log(1 + k * (1 - eps) / eps)
