"""Tầng nối cục bộ không chia sẻ trọng số, và năm mạng thử năm 1989.

Nhà: nyu/03-2.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F

from hocsau.convolution import output_size


class LocalGrid(nn.Module):
    """Lưới nút nối cục bộ; chia sẻ trọng số hay không thì tùy chọn.

    Mỗi nút nhìn một ô ``kernel`` × ``kernel`` của mọi map vào.
    ``share=True``: mọi nút của một map ra dùng chung bộ lọc, tức tích
    chập. ``own_bias=True``: mỗi nút vẫn có bias riêng, như các mạng năm
    1989. Vào (n, c_in, size, size), ra (n, c_out, out, out).
    """

    def __init__(
        self,
        c_in: int,
        c_out: int,
        kernel: int,
        size: int,
        *,
        stride: int = 1,
        padding: int = 0,
        share: bool = False,
        own_bias: bool = True,
        gain: float = 1.0,
    ):
        super().__init__()
        self.c_in, self.c_out, self.kernel = c_in, c_out, kernel
        self.stride, self.padding, self.share = stride, padding, share
        self.out = output_size(
            size, kernel, stride=stride, padding=padding
        )
        spots = self.out**2
        fan_in = c_in * kernel**2
        self.links = c_out * spots * (fan_in + 1)
        weight = torch.empty(
            (c_out, c_in, kernel, kernel)
            if share
            else (spots, fan_in, c_out)
        )
        bound = math.sqrt(3 * gain / fan_in)  # phương sai gain/fan_in
        self.weight = nn.Parameter(weight.uniform_(-bound, bound))
        places = self.out if own_bias else 1
        self.bias = nn.Parameter(torch.zeros(c_out, places, places))

    def forward(self, x):
        n, k, s = len(x), self.kernel, self.stride
        if self.share:  # chia sẻ: chính là tích chập
            z = F.conv2d(x, self.weight, stride=s, padding=self.padding)
            return z + self.bias
        x = F.pad(x, (self.padding,) * 4)
        x = x.unfold(2, k, s).unfold(3, k, s)
        x = x.permute(2, 3, 0, 1, 4, 5)  # (out, out, n, c_in, k, k)
        x = x.reshape(self.out**2, n, -1)  # (spots, n, fan_in)
        z = torch.bmm(x, self.weight).permute(1, 2, 0)
        return z.unflatten(2, (self.out, self.out)) + self.bias


class Dense(nn.Linear):
    """Tầng kết nối đầy đủ nhận ảnh, trả về (n, k); biết số liên kết."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__(inputs, outputs)
        nn.init.uniform_(self.weight, -(s := math.sqrt(3 / inputs)), s)
        nn.init.zeros_(self.bias)
        self.links = outputs * (inputs + 1)

    def forward(self, x):
        return super().forward(x.flatten(1))


def net_1989(number: int):
    """Một trong năm mạng của LeCun (1989) cho ảnh 1 × 16 × 16.

    1: một tầng; 2: thêm 12 nút ẩn; 3: hai tầng ẩn nối cục bộ; 4: tầng
    ẩn đầu chia sẻ trọng số; 5: cả hai tầng ẩn chia sẻ.
    """
    first = {"kernel": 3, "size": 16, "stride": 2, "padding": 1}
    tanh = nn.Tanh
    nets = {
        1: lambda: [Dense(256, 10)],
        2: lambda: [Dense(256, 12), tanh(), Dense(12, 10)],
        3: lambda: [
            LocalGrid(1, 1, **first),
            tanh(),
            LocalGrid(1, 1, 5, 8),
            tanh(),
            Dense(16, 10),
        ],
        4: lambda: [
            LocalGrid(1, 2, **first, share=True),
            tanh(),
            LocalGrid(2, 1, 5, 8),
            tanh(),
            Dense(16, 10),
        ],
        5: lambda: [
            LocalGrid(1, 2, **first, share=True),
            tanh(),
            LocalGrid(2, 4, 5, 8, share=True),
            tanh(),
            Dense(64, 10),
        ],
    }
    if number not in nets:
        raise ValueError(f"net_1989: number={number}; chọn từ 1 đến 5")
    return nn.Sequential(*nets[number]())


def count_links(model) -> int:
    """Số liên kết (kể cả bias): mỗi trọng số tính mỗi lần được dùng."""
    return sum(getattr(m, "links", 0) for m in model.modules())
