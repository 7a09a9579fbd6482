"""Kéo giãn không gian: ánh xạ của mặt phẳng và mạng ngẫu nhiên.

Mỗi hàng của ``X`` là một điểm, nên x ↦ Wx viết thành ``X @ W.T``.
Nhà: nyu/01-3.
"""

import math
from itertools import pairwise

import torch
from torch import nn


def rotation(angle: float):
    """Ma trận quay ngược chiều kim đồng hồ ``angle`` radian: (2, 2)."""
    c, s = math.cos(angle), math.sin(angle)
    return torch.tensor([[c, -s], [s, c]])


def scaling(sx: float, sy: float):
    """Ma trận co giãn ``sx``, ``sy`` lần theo hai trục: (2, 2)."""
    return torch.diag(torch.tensor([float(sx), float(sy)]))


def reflection(angle: float):
    """Ma trận đối xứng qua trục qua gốc, nghiêng ``angle`` radian.

    Kích thước (2, 2), định thức −1.
    """
    c, s = math.cos(2 * angle), math.sin(2 * angle)
    return torch.tensor([[c, s], [s, -c]])


def shear(k: float):
    """Ma trận trượt ngang: ở độ cao y trượt đoạn k·y: (2, 2)."""
    return torch.tensor([[1.0, k], [0.0, 1.0]])


def apply(W, X):
    """Đưa mọi điểm qua ánh xạ x ↦ Wx.

    ``W``: (e, d); ``X``: (..., d), mỗi hàng một điểm; trả về (..., e).
    """
    return X @ W.T


def homogeneous(W, b):
    """Gói x ↦ Wx + b vào một ma trận 3×3 cho tọa độ (x₁, x₂, 1).

    ``W``: (2, 2); ``b``: (2,); trả về (3, 3).
    """
    H = torch.eye(3, dtype=W.dtype)
    H[:2, :2] = W
    H[:2, 2] = b
    return H


def lattice(lim: float = 2.0, lines: int = 9, samples: int = 41):
    """Lưới ô vuông gồm các đoạn ngang và dọc: (2·lines, samples, 2)."""
    at, along = (
        torch.linspace(-lim, lim, lines),
        torch.linspace(-lim, lim, samples),
    )
    fixed, run = torch.meshgrid(at, along, indexing="ij")  # (lines, samples)
    across, up = (
        torch.stack([run, fixed], -1),
        torch.stack([fixed, run], -1),
    )
    return torch.cat([across, up])


def svd_steps(W, X):
    """Bốn chặng của phép biến đổi W = U diag(σ) Vᵀ trên đám mây ``X``.

    Trả về danh sách X, Vᵀx, diag(σ)Vᵀx, Wx; mỗi phần tử (..., 2).
    """
    U, sigma, Vh = torch.linalg.svd(W)
    turned = apply(Vh, X)
    stretched = turned * sigma
    return [X, turned, stretched, apply(U, stretched)]


def read_singular_values(Y):
    """Đọc các giá trị suy biến của W từ đám mây Y = WX khi X ~ N(0, I).

    Khi ấy hiệp phương sai của Y là WWᵀ, nên σᵢ là căn của các trị riêng
    của nó.
    ``Y``: (n, 2); trả về (2,) giảm dần.
    """
    spread = torch.linalg.eigvalsh(torch.cov(Y.T))  # tăng dần
    return spread.clamp(min=0).sqrt().flip(0)


class RandomTanh:
    """Mạng chưa huấn luyện 2 → width → tanh → 2, độ dốc s chỉnh được.

    f(x) = C tanh(s(Ax + b)), với A: (h, 2), b: (h,), C: (2, h).
    Mọi phần tử rút từ N(0, 1).
    """

    def __init__(self, width: int = 5, *, rng):
        self.A = torch.randn(width, 2, generator=rng)
        self.b = torch.randn(width, generator=rng)
        self.C = torch.randn(2, width, generator=rng)

    def __call__(self, X, s: float = 1.0):
        hidden = torch.tanh(s * (X @ self.A.T + self.b))
        return hidden @ self.C.T


def random_relu(depth: int, width: int = 5, *, rng: torch.Generator):
    """Mạng ReLU chưa huấn luyện 2 → ``depth`` tầng ``width`` → 2.

    Trọng số N(0, 2/số đầu vào) (He và cộng sự, 2015), bias
    N(0, 0.1).
    """
    sizes = [2] + [width] * depth + [2]
    layers = []
    for fan_in, fan_out in pairwise(sizes):
        lin = nn.Linear(fan_in, fan_out)
        with torch.no_grad():
            lin.weight.normal_(0, math.sqrt(2 / fan_in), generator=rng)
            lin.bias.normal_(0, math.sqrt(0.1), generator=rng)
        layers += [lin, nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def jacobian(f, X):
    """Ma trận Jacobian của ``f`` tại từng điểm.

    ``f``: (n, d) → (n, e), từng hàng độc lập; ``X``: (n, d).
    Trả về (n, e, d). Định thức âm: quanh điểm ấy mặt giấy bị lật.
    """

    def one(x):
        return f(x[None])[0]

    return torch.func.vmap(torch.func.jacrev(one))(X).detach()


class Stretcher(nn.Module):
    """Mạng 2 → width → ReLU → 2 → số lớp; hai số giữa là embedding.

    z = W₂(W₁x + b₁)⁺ + b₂, điểm số s = Vz + c với V: (số lớp, 2).
    """

    def __init__(self, classes: int, width: int = 100):
        super().__init__()
        self.embed = nn.Sequential(nn.Linear(2, width), nn.ReLU(), nn.Linear(width, 2))
        self.score = nn.Linear(2, classes)

    def forward(self, X):
        return self.score(self.embed(X))


def fit(net, X, y, *, num_steps: int = 1000, lr: float = 0.01):
    """Huấn luyện ``net`` bằng Adam trên cả tập, mất mát entropy chéo.

    ``X``: (n, d); ``y``: (n,) nhãn nguyên; trả về tỷ lệ phân loại đúng.
    """
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    for _ in range(num_steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(X), y).backward()
        optimizer.step()
    return (net(X).argmax(1) == y).float().mean().item()
