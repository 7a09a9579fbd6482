"""Họ softmax, tính sao cho không tràn số, và entropy chéo gộp.

log Σ eᵃ = m + log Σ eᵃ⁻ᵐ với m = max a: số mũ không bao giờ dương, nên
``exp`` không tràn. Ký hiệu: g = ∂L/∂y.

Nhà: dlsys/06.
"""

import numpy as np

from ..autograd import Op
from .elementwise import exp
from .reduction import Reduction, sum


def stable_logsumexp(a, axis):
    """log Σ eᵃ theo trục trên mảng NumPy, giữ trục; a = −∞ vẫn đúng."""
    m = a.max(axis, keepdims=True)
    m = np.where(np.isfinite(m), m, 0)
    with np.errstate(divide="ignore"):  # log 0 = −∞ là đúng ở đây
        return m + np.log(np.exp(a - m).sum(axis, keepdims=True))


class LogSumExp(Reduction):
    """y = log Σ eᵃ; ā = g · eᵃ⁻ʸ, tức g · softmax(a)."""

    def forward(self, a):
        y = stable_logsumexp(a, self.axis)
        return y if self.keepdims else np.squeeze(y, self.axis)

    def vjp(self, g, out, a):
        y = self.restore(out, a)
        return (self.restore(g, a) * exp(a - y),)


class LogSoftmax(Op):
    """y = a − log Σ eᵃ; ā = g − eʸ Σ g theo trục."""

    def __init__(self, axis):
        self.axis = axis

    def forward(self, a):
        return a - stable_logsumexp(a, self.axis)

    def vjp(self, g, out, a):
        return (g - exp(out) * sum(g, self.axis, keepdims=True),)


class CrossEntropy(Op):
    """y = −(1/n) Σ log softmax(z)[nhãn]; z̄ = g (softmax(z) − e) / n.

    e là one-hot của nhãn.
    """

    def __init__(self, labels):
        self.labels = labels

    def forward(self, z):
        n = len(z)
        chosen = z[np.arange(n), self.labels]
        return (stable_logsumexp(z, 1)[:, 0] - chosen).mean()

    def vjp(self, g, out, z):
        one_hot = np.zeros(z.shape, z.dtype)
        one_hot[np.arange(len(z)), self.labels] = 1
        return ((softmax(z, 1) - one_hot) * (g * (1 / len(z))),)


def logsumexp(a, axis=None, keepdims=False):
    """log Σ eᵃ theo trục, ổn định số.

    Nguồn: ``torch.logsumexp``.
    """
    return LogSumExp(axis, keepdims)(a)


def log_softmax(a, axis=-1):
    """a − log Σ eᵃ theo trục: log của xác suất, cùng shape với a."""
    return LogSoftmax(axis)(a)


def softmax(a, axis=-1):
    """eᵃ / Σ eᵃ theo trục: xác suất dương, tổng bằng 1."""
    return exp(log_softmax(a, axis))


def cross_entropy(logits, labels):
    """Entropy chéo trung bình giữa ``logits`` và nhãn đúng.

    Shape: logits (n, k), labels (n,) số nguyên 0..k−1 → một số.
    Lỗi: ``ValueError`` nếu shape không khớp, ``IndexError`` nếu nhãn
    ngoài khoảng. Nguồn: ``torch.nn.functional.cross_entropy``.
    """
    labels = np.asarray(getattr(labels, "array", labels))
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError(
            f"cross_entropy: logits {logits.shape} với labels "
            f"{labels.shape}: cần (n, k) với (n,)"
        )
    low, high, k = labels.min(), labels.max(), logits.shape[1]
    if low < 0 or high >= k:
        raise IndexError(
            f"cross_entropy: nhãn từ {low} đến {high}, chỉ có {k} lớp"
        )
    return CrossEntropy(labels.astype(np.intp))(logits)
