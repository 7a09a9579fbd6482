"""Chuẩn hóa theo batch viết tay: xuôi, ngược, thống kê chạy.

Mọi hàm nhận X (..., n, d): n mẫu, d đặc trưng, và chuẩn hóa dọc theo n;
chiều đứng trước, nếu có, là nhiều mạng cùng học. [BatchNorm] nối chúng
vào autograd.
Nhà: nm/08.
"""

import torch
from torch import nn


def batch_stats(X):
    """Trung bình và phương sai (chia n) của từng đặc trưng.

    ``X``: (..., n, d); trả về hai tensor (..., 1, d).
    """
    mu = X.mean(-2, keepdim=True)
    var = ((X - mu) ** 2).mean(-2, keepdim=True)
    return mu, var


def forward(X, gamma, beta, mu, var, eps):
    """Y = γ·X̂ + β với X̂ = (X − μ)·s và s = 1/√(σ² + ε).

    Trả về Y, và X̂, s để dành cho lượt ngược.
    """
    s = (var + eps).rsqrt()
    X_hat = (X - mu) * s
    return gamma * X_hat + beta, X_hat, s


def backward(G, X_hat, s, gamma):
    """∂L/∂X, ∂L/∂γ, ∂L/∂β từ G = ∂L/∂Y, khi μ, σ² tính từ chính X.

    ``G``, ``X_hat``: (..., n, d); hai gradient sau là (..., 1, d).
    """
    n = G.shape[-2]
    d_beta = G.sum(-2, keepdim=True)
    d_gamma = (G * X_hat).sum(-2, keepdim=True)
    dX = gamma * s * (G - d_beta / n - X_hat * d_gamma / n)
    return dX, d_gamma, d_beta


class Normalise(torch.autograd.Function):
    """Nối [forward] và [backward] vào autograd; μ, σ² lấy từ X."""

    @staticmethod
    def forward(ctx, X, gamma, beta, mu, var, eps):
        Y, X_hat, s = forward(X, gamma, beta, mu, var, eps)
        ctx.save_for_backward(X_hat, s, gamma)
        ctx.shape = beta.shape
        return Y

    @staticmethod
    def backward(ctx, G):
        dX, d_gamma, d_beta = backward(G, *ctx.saved_tensors)
        d_gamma = d_gamma.reshape(ctx.shape)
        return dX, d_gamma, d_beta.reshape(ctx.shape), None, None, None


class BatchNorm(nn.Module):
    """Lúc học chuẩn hóa bằng thống kê của batch, lúc dự đoán bằng
    thống kê chạy; tên tham số như ``torch.nn.BatchNorm1d``.

    ``shape``: d, hay (s, 1, d) cho s mạng cùng học; X là (n, d) hay
    (s, n, d). Lỗi: ``ValueError`` nếu X không khớp ``shape``, hoặc đang
    học mà n < 2. Nguồn: Ioffe và Szegedy (2015), thuật toán 1 và 2.
    """

    def __init__(self, *shape, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(shape))  # γ
        self.bias = nn.Parameter(torch.zeros(shape))  # β
        self.register_buffer("running_mean", torch.zeros(shape))
        self.register_buffer("running_var", torch.ones(shape))

    def forward(self, X):
        check(X, self.weight, self.training)
        gamma, beta = self.weight, self.bias
        if not self.training:
            mu, var = self.running_mean, self.running_var
            return forward(X, gamma, beta, mu, var, self.eps)[0]
        mu, var = batch_stats(X.detach())
        self.remember(mu, var, X.shape[-2])
        return Normalise.apply(X, gamma, beta, mu, var, self.eps)

    def remember(self, mu, var, n):
        """Kéo thống kê chạy về phía batch; phương sai chia n − 1."""
        unbiased = var * n / (n - 1)
        for kept, new in (
            (self.running_mean, mu),
            (self.running_var, unbiased),
        ):
            kept += self.momentum * (new.reshape(kept.shape) - kept)


def check(X, gamma, training):
    """X phải khớp với γ; đang học thì cần ít nhất hai mẫu."""
    dims = max(gamma.dim(), 2)
    if X.dim() != dims or X.shape[-1] != gamma.shape[-1]:
        raise ValueError(
            f"BatchNorm: X {tuple(X.shape)} không khớp với "
            f"{tuple(gamma.shape)}; cần (n, d), hay (s, n, d) cho "
            "BatchNorm(s, 1, d)"
        )
    if training and X.shape[-2] < 2:
        raise ValueError(
            "BatchNorm: batch chỉ có một mẫu nên phương sai bằng 0; "
            "tăng batch_size, bỏ batch lẻ, hoặc gọi eval()"
        )
