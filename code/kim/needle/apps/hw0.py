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


def softmax_regression_epoch_cpp(X, y, theta, lr, batch):
    """Như ``softmax_regression_epoch``, với kiểu mà bản C++ cần.

    Khóa học viết hàm này bằng C++; kim chỉ dùng NumPy nên giữ tên và
    đòi hỏi về dữ liệu, còn phép tính là một. Lỗi: ``TypeError`` nếu X,
    theta không phải float32, y không phải uint8, hay không liền khối.
    """
    kinds = (X, np.float32), (y, np.uint8), (theta, np.float32)
    for array, dtype in kinds:
        if array.dtype != dtype or not array.flags.c_contiguous:
            raise TypeError("cần mảng float32, uint8, float32 liền khối")
    softmax_regression_epoch(X, y, theta, lr, batch)


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


def loss_err(h, y):
    """(mất mát, tỷ lệ lỗi) của logits h (B, k) với nhãn y (B,)."""
    return softmax_loss(h, y), (h.argmax(axis=1) != y).mean()
