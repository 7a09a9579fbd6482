"""Bàn thí nghiệm của dropout và chuẩn hóa: nhiều mạng, một công thức.

[build] đặt các tầng viết tay của sách vào s mạng, [train] cho chúng học
một lượt bằng ``hocsau.together``; [mislabel] làm sai nhãn.
Nhà: nm/08.
"""

import torch
from torch import nn

from hocsau import together
from hocsau.batchnorm import BatchNorm
from hocsau.dropout import Dropout
from hocsau.layernorm import LayerNorm
from hocsau.optimisers import Adam
from hocsau.stacked import generators, mlps, uniform

# Mỗi việc một dãy số ngẫu nhiên: cộng số này vào seed của mạng.
WEIGHTS, MASKS, SAMPLES, ORDERS = (10**6 * i for i in range(1, 5))


def build(recipe, sizes, *, seeds, p=0.5, he=False):
    """s mạng cùng công thức tầng ẩn, ví dụ "linear bn relu drop".

    Từ đứng sau linear: bn, ln, relu, drop. Tầng ra: linear.
    ``he``: biên √(6/d) của He thay cho 1/√d.
    Lỗi: ``ValueError`` nếu gặp từ lạ.
    """
    s, rng = len(seeds), generators(seeds, MASKS)[0]
    kinds = {
        "bn": lambda k: BatchNorm(s, 1, k),
        "ln": lambda k: LayerNorm(s, 1, k),
        "relu": lambda k: nn.ReLU(),
        "drop": lambda k: Dropout(p, rng=rng),
    }
    words = recipe.removeprefix("linear ").split()
    for word in words:
        if word not in kinds:
            raise ValueError(
                f"build: từ lạ {word!r}; dùng linear rồi {list(kinds)}"
            )
    return mlps(
        sizes,
        seeds=[WEIGHTS + seed for seed in seeds],
        after=lambda k: [kinds[word](k) for word in words],
        init=he_uniform if he else uniform,
        last=uniform,
    )


def he_uniform(d, k, rng):
    """Khởi tạo He bằng phân phối đều: biên √(6/d)."""
    return uniform(d, k, rng, bound=(6 / d) ** 0.5)


def choose(X, y, n, *, seeds):
    """Mỗi seed rút n mẫu: X (s, n, d), y (s, n)."""
    return together.choose(X, y, n, generators(seeds, SAMPLES))


def train(
    nets, X, y, *, lr, num_epochs, batch_size, seeds, make=Adam
):
    """``together.fit`` với mạng i xáo batch theo ``seeds[i]``.

    ``X``: (s, n, d), ``y``: (s, n), ``lr``: một số hay (s,). Trả về mất
    mát huấn luyện của từng epoch, (num_epochs, s).
    """
    batches = together.Batches(
        X, y, batch_size=batch_size, rngs=generators(seeds, ORDERS)
    )
    optimiser = make(nets.parameters(), together.per_net(lr))
    return together.fit(nets, batches, optimiser, num_epochs=num_epochs)


def mislabel(y, share, *, num_classes, rng):
    """Bản sao của y, một phần ``share`` bị thay bằng nhãn khác."""
    y, count = y.clone(), round(share * len(y))
    rows = torch.randperm(len(y), generator=rng)[:count]
    shift = torch.randint(1, num_classes, (count,), generator=rng)
    y[rows] = (y[rows] + shift) % num_classes
    return y
