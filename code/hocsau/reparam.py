"""Biến đổi tham số w = H(u): bước cảm sinh, chép tham số, siêu mạng.

Nhà: nyu/03-1.
"""

import math
from itertools import pairwise

import torch
from torch import nn


def jacobian(H, u):
    """Ma trận Jacobian ∂H/∂u tại ``u``: (số w, số u).

    ``H``: hàm (số u,) → (số w,); mỗi hàng một thành phần của w.
    """
    return torch.autograd.functional.jacobian(H, u)


def induced_step(H, u, grad_w, *, lr: float):
    """Một bước hạ gradient trên u, và bước nó kéo theo trên w.

    Δu = −η Jᵀ g với g = ∂C/∂w: (số w,); Δw ≈ J Δu = −η J Jᵀ g.
    Trả về (Δu, Δw gần đúng bậc một).
    """
    J = jacobian(H, u)  # (số w, số u)
    step = -lr * J.T @ grad_w
    return step, J @ step


def replicate(u, index):
    """Phép chép w_i = u_{index[i]}: nhiều trọng số chung một tham số.

    ``u``: (số u, ...); ``index``: (số w,) nguyên; trả về (số w, ...).
    Khi truyền ngược, gradient các bản chép cộng lại vào u.
    """
    return u[index]


def replication_matrix(index, num_u: int):
    """Jacobian của phép chép: (số w, num_u) gồm 0 và 1.

    Hàng i có số 1 ở cột index[i], nên nhân chuyển vị với gradient của
    w là cộng dồn gradient các bản chép.
    """
    return torch.eye(num_u)[index]


def num_weights(sizes) -> int:
    """Số trọng số và bias của mạng có các tầng ``sizes``."""
    return sum((a + 1) * b for a, b in pairwise(sizes))


def run_with(w, x, sizes, activation=torch.tanh):
    """Chạy mạng G(x, w) với trọng số đưa từ ngoài, mỗi mẫu một bộ.

    ``w``: (..., num_weights(sizes)); ``x``: (..., d); trả về (..., k).
    Lỗi: ``ValueError`` nếu ``w`` không đủ số.
    """
    if w.shape[-1] != num_weights(sizes):
        raise ValueError(
            f"run_with: w có {w.shape[-1]} số, mạng {tuple(sizes)} cần "
            f"{num_weights(sizes)}"
        )
    at, pairs = 0, list(pairwise(sizes))
    for i, (a, b) in enumerate(pairs):
        W = w[..., at : at + a * b].unflatten(-1, (a, b))
        bias = w[..., at + a * b : at + a * b + b]
        x = torch.einsum("...a,...ab->...b", x, W) + bias
        x = x if i == len(pairs) - 1 else activation(x)
        at += a * b + b
    return x


class Hypernetwork(nn.Module):
    """Siêu mạng: ``inner`` đọc z rồi xuất trọng số cho mạng đọc x.

    ``inner``: mô-đun (..., dz) → (..., num_weights(sizes)); ``sizes``:
    các tầng của mạng chính. Đầu vào ghép [z, x]: (..., dz + d).
    Chỉ ``inner`` có tham số để học (Ha và cộng sự, 2017).
    """

    def __init__(self, inner, sizes):
        super().__init__()
        self.inner, self.sizes = inner, tuple(sizes)

    def forward(self, zx):
        z = zx[..., : zx.shape[-1] - self.sizes[0]]
        x = zx[..., zx.shape[-1] - self.sizes[0] :]
        return run_with(self.inner(z), x, self.sizes)


class Unrolled(nn.Module):
    """Mạng hồi tiếp trải ra theo thời gian, s bản cùng lúc.

    h_t = tanh(h_{t−1} U_t + x_t v_t + b_t), logit = h_T c + d.
    ``shared=True``: mọi bước chép chung một bộ (U, v, b), nên chuỗi dài
    bao nhiêu cũng chạy được; ``shared=False``: mỗi bước một bộ riêng.
    Vào (s, n, t), ra (s, n).
    Lỗi: ``ValueError`` nếu không chung trọng số mà t khác ``steps``.
    """

    def __init__(self, steps: int, *, hidden: int, seeds, shared: bool):
        super().__init__()
        rngs = [torch.Generator().manual_seed(i) for i in seeds]

        def draw(*shape):
            return torch.stack(
                [torch.randn(shape, generator=g) for g in rngs]
            )

        sets = 1 if shared else steps
        self.steps, self.shared = steps, shared
        scale = 1 / math.sqrt(hidden)
        self.U = nn.Parameter(scale * draw(sets, hidden, hidden))
        self.v = nn.Parameter(draw(sets, 1, hidden))
        self.b = nn.Parameter(torch.zeros(len(rngs), sets, 1, hidden))
        self.c = nn.Parameter(scale * draw(hidden, 1))
        self.d = nn.Parameter(torch.zeros(len(rngs), 1))

    def forward(self, X):
        s, n, t = X.shape
        if not self.shared and t != self.steps:
            raise ValueError(
                f"Unrolled: chuỗi dài {t} nhưng chỉ có trọng số cho "
                f"{self.steps} bước; dùng shared=True"
            )
        H = X.new_zeros(s, n, self.U.shape[-1])
        for i in range(t):
            k = 0 if self.shared else i
            x = X[:, :, i : i + 1]
            H = torch.tanh(
                H @ self.U[:, k] + x * self.v[:, k] + self.b[:, k]
            )
        return (H @ self.c).squeeze(-1) + self.d
