"""hw1: mạng hai tầng trên Tensor, gradient do ``backward`` lo.

Nhà: dlsys/08.
"""

import numpy as np

from .. import ops
from ..autograd import Tensor
from .hw0 import batches, parse_mnist

__all__ = ["loss_err", "nn_epoch", "parse_mnist", "softmax_loss"]


def softmax_loss(Z, y_one_hot):
    """Trung bình của log Σ eᶻ − z_y; Z và y_one_hot (B, k)."""
    log_sum = ops.log(ops.summation(ops.exp(Z), axes=(1,)))
    chosen = ops.summation(Z * y_one_hot, axes=(1,))
    return ops.summation(log_sum - chosen) / Z.shape[0]


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """Một vòng SGD; X, y là mảng NumPy, trả (W1, W2) là nút lá mới."""
    for x, labels in batches(X, y, batch):
        one_hot = np.eye(W2.shape[1], dtype=x.dtype)[labels]
        Z = ops.relu(Tensor(x) @ W1) @ W2
        softmax_loss(Z, Tensor(one_hot)).backward()
        W1 = Tensor(W1.numpy() - lr * W1.grad.numpy())
        W2 = Tensor(W2.numpy() - lr * W2.grad.numpy())
    return W1, W2


def loss_err(h, y):
    """(mất mát, tỷ lệ lỗi) của logits h (B, k) với nhãn y (B,)."""
    one_hot = np.eye(h.shape[1])[y]
    wrong = (h.numpy().argmax(axis=1) != y).mean()
    return softmax_loss(h, Tensor(one_hot)).numpy(), wrong
