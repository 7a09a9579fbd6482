"""hw0: hồi quy softmax và mạng hai tầng bằng NumPy, đạo hàm tính tay.

Nhà: dlsys/03.
"""

import numpy as np

from ...data.mnist import read_idx


def add(x, y):
    """Tổng của hai số hay hai mảng."""
    return x + y


def parse_mnist(image_filename, label_filename):
    """(X, y): X (n, 784) float32 trong [0, 1], y (n,) uint8."""
    images = read_idx(image_filename)
    X = images.reshape(len(images), -1).astype(np.float32) / 255
    return X, read_idx(label_filename)


def softmax_loss(Z, y):
    """Trung bình của log Σ eᶻ − z_y; Z (B, k), y (B,)."""
    chosen = Z[np.arange(len(y)), y]
    return (np.log(np.exp(Z).sum(1)) - chosen).mean()


def softmax_minus_one_hot(Z, y):
    """Gradient của softmax_loss theo Z: (softmax(Z) − one-hot) / B."""
    P = np.exp(Z - Z.max(1, keepdims=True))
    P /= P.sum(1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return P / len(y)


def batches(X, y, batch):
    """Lần lượt các batch, không xáo."""
    for i in range(0, len(y), batch):
        yield X[i : i + batch], y[i : i + batch]


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    """Một vòng SGD cho hồi quy softmax; theta (n, k) sửa tại chỗ."""
    for x, labels in batches(X, y, batch):
        theta -= lr * x.T @ softmax_minus_one_hot(x @ theta, labels)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """Một vòng SGD cho mạng ReLU hai tầng, sửa tại chỗ.

    Shape: X (N, n), W1 (n, d), W2 (d, k).
    """
    for x, labels in batches(X, y, batch):
        hidden = np.maximum(x @ W1, 0)  # (B, d)
        G2 = softmax_minus_one_hot(hidden @ W2, labels)  # (B, k)
        G1 = (hidden > 0) * (G2 @ W2.T)  # (B, d)
        W1 -= lr * x.T @ G1
        W2 -= lr * hidden.T @ G2
