"""Mạng hai tầng viết tay cho bài hai lớp: xuôi, mất mát, ngược, học.

Tầng ẩn dùng tanh, đầu ra là một logit; ``params`` là bộ bốn tensor
(W1, b1, W2, b2). Không chỗ nào gọi autograd.
Nhà: nm/02.
"""

import torch


def init(d: int, hidden: int, *, rng, dtype=torch.float64):
    """Tham số đầu: trọng số đều trong ±1/√(số đầu vào), bias 0.

    Trả về W1 (d, h), b1 (h,), W2 (h, 1), b2 (1,).
    """

    def uniform(rows, cols):
        U = torch.rand(rows, cols, generator=rng, dtype=dtype)
        return (2 * U - 1) / rows**0.5

    W1, W2 = uniform(d, hidden), uniform(hidden, 1)
    return W1, W1.new_zeros(hidden), W2, W2.new_zeros(1)


def forward(params, X):
    """Lượt xuôi: trả H = tanh(X W1 + b1) và logit Z = H W2 + b2.

    ``X``: (n, d); H: (n, h); Z: (n, 1).
    """
    W1, b1, W2, b2 = params
    H = torch.tanh(X @ W1 + b1)  # (n, h)
    Z = H @ W2 + b2  # (n, 1)
    return H, Z


def loss(Z, y):
    """Entropy chéo trung bình của logit: (1/n) Σ (ln(1 + eᶻ) − yz).

    ``Z``, ``y``: (n, 1). Lỗi: ``ValueError`` nếu hai bên khác kích
    thước (trừ nhau sẽ broadcasting thành (n, n) mà không báo gì).
    """
    if Z.shape != y.shape:
        raise ValueError(
            f"loss: logit {tuple(Z.shape)}, nhãn {tuple(y.shape)}; "
            "cần cùng kích thước, dùng y[:, None]"
        )
    return (torch.nn.functional.softplus(Z) - y * Z).mean()


def backward(params, X, y, H, Z):
    """Lượt ngược: gradient của mất mát theo W1, b1, W2, b2.

    ``X``: (n, d); ``y``, ``Z``: (n, 1); ``H``: (n, h). Gradient nào
    cũng cùng kích thước với tham số của nó.
    Nguồn: Rumelhart, Hinton và Williams (1986).
    """
    _, _, W2, _ = params
    G2 = (torch.sigmoid(Z) - y) / len(y)  # (n, 1)
    dW2 = H.T @ G2  # (h, 1)
    db2 = G2.sum(0)  # (1,)
    dH = G2 @ W2.T  # (n, h)
    G1 = dH * (1 - H**2)  # (n, h)
    dW1 = X.T @ G1  # (d, h)
    db1 = G1.sum(0)  # (h,)
    return dW1, db1, dW2, db2


def gradients(params, X, y):
    """Lượt xuôi rồi lượt ngược: bộ gradient như ``backward``."""
    return backward(params, X, y, *forward(params, X))


def fit(params, X, y, *, lr: float, num_steps: int):
    """Hạ gradient trên cả tập; trả tham số cuối và mất mát từng bước.

    Không đụng tới ``params`` ban đầu. Danh sách mất mát dài
    ``num_steps``, mỗi số đo trước khi bước.
    """
    losses = []
    for _ in range(num_steps):
        H, Z = forward(params, X)
        losses.append(loss(Z, y).item())
        grads = backward(params, X, y, H, Z)
        params = tuple(
            p - lr * g for p, g in zip(params, grads, strict=True)
        )
    return params, losses


def accuracy(params, X, y):
    """Tỷ lệ mẫu đoán đúng: logit dương là lớp 1."""
    return (
        ((forward(params, X)[1] > 0) == (y > 0.5))
        .double()
        .mean()
        .item()
    )
