"""Một tầng kết nối đầy đủ với sigmoid: xuôi, ngược, khởi tạo, dò tốc độ học.

Mọi hàm nhận thêm các chiều đứng trước (một chiều cho seed, một chiều
cho tốc độ học), nên nhiều lần chạy đi cùng nhau trong một phép nhân.
Nhà: mit/lab1-1.
"""

import torch


def forward(X, W, b):
    """Y = σ(XW + b).

    ``X``: (n, d); ``W``: (..., d, k); ``b``: (..., k); trả về
    (..., n, k).
    """
    return torch.sigmoid(X @ W + b.unsqueeze(-2))


def gradients(X, W, Y, grad):
    """Gradient theo X, W, b khi biết ``grad`` = ∂L/∂Y.

    Δ = grad ⊙ Y ⊙ (1 − Y), rồi ΔWᵀ, XᵀΔ và tổng các hàng của Δ.
    ``X``: (n, d); ``W``: (d, k); ``Y``, ``grad``: (n, k).
    """
    delta = grad * Y * (1 - Y)
    return delta @ W.T, X.T @ delta, delta.sum(0)


def normal_init(d: int, k: int, *, rng):
    """W (d, k) và b (k,) lấy từ N(0, 1), như bài lab gốc."""
    W = torch.randn(d, k, generator=rng)
    return W, torch.randn(k, generator=rng)


def uniform_init(d: int, k: int, *, rng):
    """W (d, k) và b (k,) lấy đều trong ±1/√d, như ``nn.Linear``.

    Nguồn: cách quen dùng mà Glorot và Bengio (2010) xét ở công thức 1.
    """
    W = torch.rand(d, k, generator=rng) * 2 - 1
    b = torch.rand(k, generator=rng) * 2 - 1
    return W / d**0.5, b / d**0.5


def many(init, d: int, k: int, *, seeds):
    """Khởi tạo mỗi seed một lần, xếp chồng: (s, d, k) và (s, k)."""
    pairs = [init(d, k, rng=torch.Generator().manual_seed(seed)) for seed in seeds]
    return tuple(map(torch.stack, zip(*pairs, strict=True)))


def fit_grid(X, T, W, b, loss_fn, *, lrs, num_steps: int):
    """Hạ gradient trên cả tập, mọi cặp (seed, tốc độ học) cùng lúc.

    ``X``: (n, d); ``T``: (n, k); ``W``: (s, d, k); ``b``: (s, k);
    ``loss_fn(Z, T)`` nhận Z = XW + b kích thước (s, l, n, k), trả về
    mất mát từng phần tử. Trả về W (s, l, d, k), b (s, l, k).
    """
    lr = torch.as_tensor(lrs, dtype=X.dtype)[:, None]  # (l, 1)
    W = W[:, None].repeat(1, len(lrs), 1, 1).requires_grad_()
    b = b[:, None].repeat(1, len(lrs), 1).requires_grad_()
    for _ in range(num_steps):
        each = loss_fn(X @ W + b.unsqueeze(-2), T)
        total = each.mean((-2, -1)).sum()  # các lần chạy tách rời
        grad_W, grad_b = torch.autograd.grad(total, (W, b))
        with torch.no_grad():
            W -= lr[..., None] * grad_W
            b -= lr * grad_b
    return W.detach(), b.detach()


def accuracy(X, y, W, b):
    """Tỷ lệ hàng của X có ô lớn nhất đúng là ``y``: (...)."""
    Z = X @ W + b.unsqueeze(-2)
    return (Z.argmax(-1) == y).float().mean(-1)
