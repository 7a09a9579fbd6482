"""Nhiều mạng nhỏ cùng hình chồng lên nhau: mỗi tensor thêm chiều s.

So hai cách cho công bằng thì phải thử nhiều seed, nhiều tốc độ học.
Ở đây s mạng đi chung một phép nhân ma trận theo batch ([Linears]) mà
không chạm vào nhau; [mlps] ghép các tầng bằng ``nn.Sequential``, còn
``hocsau.together`` cho chúng học.
Nhà: nyu/02-2.
"""

import math
from functools import partial
from itertools import pairwise

import torch
from torch import nn


def generators(seeds, start=0):
    """Mỗi seed một bộ sinh, gieo từ ``start`` + seed.

    Hai việc khác nhau, như khởi tạo và xáo mẫu, cần hai ``start`` khác
    nhau: dùng chung một dãy số thì hai việc dính vào nhau.
    """
    return [torch.Generator().manual_seed(start + int(i)) for i in seeds]


def uniform(d, k, rng, bound=None):
    """Trọng số và bias (hàng cuối) của một tầng, từ U(±bound).

    Trả về (d + 1, k); mặc định ``bound`` = 1/√d như ``nn.Linear``.
    """
    bound = d**-0.5 if bound is None else bound
    return bound * (2 * torch.rand(d + 1, k, generator=rng) - 1)


def normal(d, k, rng, gain=2**0.5, bias=0.0):
    """Trọng số từ N(0, gain²/d), bias (hàng cuối) từ U(±bias)/√d.

    Trả về (d + 1, k). ``gain`` = √2 hợp với ReLU (He và cộng sự, 2015).
    """
    W = torch.randn(d, k, generator=rng) * gain / math.sqrt(d)
    b = torch.zeros(1, k)
    if bias:
        u = 2 * torch.rand(1, k, generator=rng) - 1
        b = bias / math.sqrt(d) * u
    return torch.cat([W, b])


class Linears(nn.Module):
    """s tầng tuyến tính một lượt: (s, n, d) → (s, n, k).

    Vào (n, d) thì mọi mạng chung một X. ``rngs``: s bộ sinh, mỗi mạng
    một bộ; ``init``: [uniform], [normal] hay một hàm như thế.
    """

    def __init__(self, d, k, rngs, init=uniform):
        super().__init__()
        both = torch.stack([init(d, k, rng) for rng in rngs])
        self.weight = nn.Parameter(both[:, :d].clone())  # (s, d, k)
        self.bias = nn.Parameter(both[:, d:].clone())  # (s, 1, k)

    def forward(self, X):
        X = X.expand(len(self.weight), *X.shape[-2:])
        return torch.baddbmm(self.bias, X, self.weight)


def relu(k):
    """Sau mỗi tầng ẩn chỉ có ReLU."""
    return [nn.ReLU()]


FLAT = partial(normal, gain=1.0)  # tầng ra: sau nó không có ReLU


def mlps(sizes, *, seeds, after=relu, init=normal, last=FLAT):
    """s mạng đầy đủ có các tầng ``sizes``, mạng i gieo từ ``seeds[i]``.

    ``after(k)``: các mô-đun đứng sau một tầng ẩn rộng k; ``init``,
    ``last``: cách khởi tạo các tầng ẩn, tầng ra.
    """
    rngs, pairs = generators(seeds), list(pairwise(sizes))
    hidden = []
    for d, k in pairs[:-1]:
        hidden += [Linears(d, k, rngs, init), *after(k)]
    return nn.Sequential(*hidden, Linears(*pairs[-1], rngs, last))


def layers(nets, X) -> list:
    """X, các tầng ẩn sau kích hoạt, rồi đầu ra: (s, n, ·).

    Nói cách khác: đầu vào của từng tầng tuyến tính và đầu ra của cả mạng.
    """
    H = X.expand(len(nets[-1].weight), *X.shape[-2:])
    out = []
    for module in nets:
        if isinstance(module, Linears):
            out.append(H)
        H = module(H)
    return [*out, H]


def collapsed(layers, *, tol: float = 1e-6):
    """Mạng nào có một tầng ẩn cho mọi điểm cùng một giá trị: (s,) bool.

    ``layers``: kết quả của hàm [layers]. Sau tầng ấy mạng là hằng số,
    tầng trên không cách nào gỡ ra.
    """
    spread = [(H.amax(1) - H.amin(1)).amax(1) for H in layers[1:-1]]
    return (torch.stack(spread) <= tol).any(0)
