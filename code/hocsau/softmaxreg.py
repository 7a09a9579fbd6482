"""Bộ phân loại tuyến tính bằng tensor trần và autograd.

``params`` là cặp (W, b), hai nút lá theo dõi gradient; logit là XW + b.
Không có nn.Module, không có bộ tối ưu.
Nhà: nm/04.
"""

import torch


def init(d: int, k: int):
    """Tham số đầu, toàn số 0: W (d, k) và b (k,)."""
    W = torch.zeros(d, k, requires_grad=True)
    b = torch.zeros(k, requires_grad=True)
    return W, b


def loss(Z, y):
    """Entropy chéo trung bình: (1/n) Σ logsumexp(zᵢ) − zᵢ[yᵢ].

    ``Z``: (n, k) logit; ``y``: (n,) int64. Lỗi: ``ValueError`` nếu kích
    thước khác thế (broadcasting sẽ lặng lẽ cho kết quả sai).
    """
    if Z.ndim != 2 or y.shape != Z.shape[:1]:
        raise ValueError(
            f"loss: logit {tuple(Z.shape)}, nhãn {tuple(y.shape)}; "
            "cần (n, k) và (n,)"
        )
    right = Z[torch.arange(len(y)), y]  # (n,)
    return (Z.logsumexp(1) - right).mean()


def step(params, X, y, *, lr: float) -> float:
    """Một bước hạ gradient trên batch (X, y); trả mất mát trước bước.

    Sửa ``params`` tại chỗ và xóa gradient sau khi dùng.
    """
    W, b = params
    value = loss(X @ W + b, y)
    value.backward()
    with torch.no_grad():
        for p in params:
            p -= lr * p.grad
            p.grad = None
    return value.item()


def epoch(params, X, y, *, lr: float, batch_size: int, rng) -> float:
    """Một lượt qua dữ liệu đã xáo; trả mất mát trung bình các batch."""
    order = torch.randperm(len(X), generator=rng)
    values = [
        step(params, X[i], y[i], lr=lr) for i in order.split(batch_size)
    ]
    return sum(values) / len(values)


@torch.no_grad()
def accuracy(params, X, y) -> float:
    """Tỷ lệ mẫu mà lớp có logit lớn nhất đúng là nhãn."""
    W, b = params
    return ((X @ W + b).argmax(1) == y).double().mean().item()
