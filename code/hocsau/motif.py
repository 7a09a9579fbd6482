"""Dò họa tiết bằng bộ dò trượt: trong chuỗi, và trong ảnh chữ C, D.

Nhà: nyu/03-1.
"""

import torch
from torch import nn
from torch.nn import functional as F


def sequences(
    n: int,
    motif,
    *,
    rng,
    length: int = 60,
    noise: float = 0.5,
    places: tuple | None = None,
):
    """n chuỗi nhiễu Gauss; chuỗi lẻ (nhãn 1) có ``motif`` ở một chỗ.

    ``motif``: (k,); ``places``: (đầu, cuối) của vị trí bắt đầu, bỏ
    trống thì ở đâu cũng được. Trả về X (n, length), y (n,) float.
    """
    X = noise * torch.randn(n, length, generator=rng)
    y = torch.arange(n) % 2
    low, high = places or (0, length - len(motif) + 1)
    start = torch.randint(low, high, (n, 1), generator=rng)
    where = start + torch.arange(len(motif))
    X.scatter_add_(1, where, y[:, None] * motif)
    return X, y.float()


class SlidingMax(nn.Module):
    """Một bộ dò dài k trượt trên chuỗi, rồi lấy đáp ứng lớn nhất.

    Logit = max_i Σ_j w_j x_{i+j} + b. ``seeds``: s bản cùng lúc.
    Vào (s, n, t), ra (s, n).
    """

    def __init__(self, k: int, *, seeds):
        super().__init__()
        rngs = [torch.Generator().manual_seed(i) for i in seeds]
        w = [0.3 * torch.randn(1, k, generator=g) for g in rngs]
        self.w = nn.Parameter(torch.stack(w))  # (s, 1, k)
        self.b = nn.Parameter(torch.zeros(len(rngs), 1))

    def scores(self, X):
        """Đáp ứng ở mọi vị trí: (s, n, t − k + 1)."""
        Y = F.conv1d(X.transpose(0, 1), self.w, groups=len(self.w))
        return Y.transpose(0, 1)

    def forward(self, X):
        return self.scores(X).amax(2) + self.b


def letter(kind: str, height: int, width: int):
    """Chữ C hay D nét một điểm ảnh, (height, width) gồm 0 và 1.

    C mở bên phải, hai đầu mút, góc bo tròn; D khép kín, hai góc vuông
    bên trái, bên phải bo tròn.
    """
    A = torch.zeros(height, width)
    if kind == "C":
        A[0, 1:] = A[-1, 1:] = A[1:-1, 0] = 1
    else:
        A[:, 0] = A[0, :-1] = A[-1, :-1] = A[1:-1, -1] = 1
    return A


def letters(
    n: int,
    *,
    rng,
    size: int = 16,
    flip: float = 0.0,
    cols: tuple | None = None,
):
    """n ảnh xen kẽ C (nhãn 0) và D (nhãn 1), cỡ và chỗ ngẫu nhiên.

    ``cols``: (đầu, cuối) của cột trái, bỏ trống thì cả khung; ``flip``:
    xác suất mỗi điểm ảnh bị đảo. Trả về X (n, size, size), y (n,).
    """

    def pick(low, high):
        return int(torch.randint(low, high, (), generator=rng))

    X, y = torch.zeros(n, size, size), torch.arange(n) % 2
    for i in range(n):
        h, w = pick(6, 9), pick(5, 8)
        low, high = cols or (1, size - w)
        r, c = pick(1, size - h), pick(low, min(high, size - w))
        X[i, r : r + h, c : c + w] = letter("CD"[y[i]], h, w)
    flips = torch.rand(X.shape, generator=rng) < flip
    return torch.where(flips, 1 - X, X), y


# Đầu mút (nét ngang dừng lại), góc trên trái, góc dưới trái; ngưỡng là
# số điểm ảnh phải khớp trừ nửa điểm.
END = torch.tensor([[-1.0, -1, -1], [1, 1, -1], [-1, -1, -1]])
CORNER = torch.tensor([[-1.0, -1, -1], [-1, 1, 1], [-1, 1, -1]])
TEMPLATES = torch.stack([END, CORNER, CORNER.flip(0)])  # (3, 3, 3)
THRESHOLDS = torch.tensor([1.5, 2.5, 2.5])


def template_votes(X):
    """Nơi từng khuôn khớp: (n, 3, h − 2, w − 2) gồm 0 và 1.

    ``X``: (n, h, w). Trượt ba khuôn 3 × 3 rồi so với ngưỡng.
    """
    scores = F.conv2d(X[:, None], TEMPLATES[:, None])
    return (scores > THRESHOLDS[:, None, None]).float()


def vote(X):
    """Đoán 0 (C) hay 1 (D): nhiều góc hơn đầu mút thì là D. (n,)."""
    ends, top, bottom = template_votes(X).sum((2, 3)).unbind(1)
    return (top + bottom > ends).long()


class VoteNet(nn.Module):
    """Như ``vote`` nhưng khuôn học được: trượt, ReLU, cộng, đọc.

    Vào (n, h, w), ra (n, 2). Cộng trên mọi vị trí nên dời chữ trong
    khung không đổi kết quả; chia cho căn số vị trí để tổng lúc đầu
    không quá lớn, nếu không thì vài seed kẹt ngay.
    """

    def __init__(self, templates: int = 6):
        super().__init__()
        self.slide = nn.Conv2d(1, templates, 3)
        self.read = nn.Linear(templates, 2)

    def forward(self, X):
        votes = self.slide(X[:, None]).relu().flatten(2)  # (n, m, ·)
        return self.read(votes.sum(2) / votes.shape[2] ** 0.5)
