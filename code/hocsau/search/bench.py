"""Bảng tra: mọi tổ hợp của một lưới mịn, huấn luyện sẵn một lần.

So các cách tìm kiếm cần hàng nghìn lần thử; tra bảng thì mỗi lần thử
gần như miễn phí mà vẫn là số của mạng thật ([Bench]).
Nhà: nm/10.
"""

from itertools import product
from typing import NamedTuple

import numpy as np
import torch

from hocsau import cohort
from hocsau.together import evaluate

AXES = {
    "hidden": (4, 16, 64),
    "lr": tuple(10 ** np.linspace(-4, 0, 9)),
    "dropout": (0.0, 0.2, 0.4, 0.6),
    "weight_decay": (1e-4, 1e-2, 1.0),
}


class Bench(NamedTuple):
    """``curves``: mất mát kiểm định, (3, 9, 4, 3, num_epochs).

    Chỉ số theo thứ tự của ``AXES``. ``test``: mất mát kiểm tra sau
    epoch cuối, (3, 9, 4, 3).
    """

    curves: np.ndarray
    test: np.ndarray

    @property
    def final(self):
        """Mất mát kiểm định sau epoch cuối: (3, 9, 4, 3)."""
        return self.curves[..., -1]


def build(data, *, num_epochs: int, seed: int = 0) -> Bench:
    """Huấn luyện 324 cấu hình trên một lần chia ``data``, cùng ``seed``.

    ``data``: ba cặp (X, y), X: (n, d). Bộ tối ưu: AdamW, batch 20.
    """
    curves, test = [], []
    rest = list(product(*list(AXES.values())[1:]))
    for hidden in AXES["hidden"]:
        c, t = column(data, hidden, rest, num_epochs, seed)
        curves.append(c), test.append(t)
    shape = tuple(len(v) for v in AXES.values())
    return Bench(
        np.stack(curves).reshape(*shape, num_epochs),
        np.stack(test).reshape(shape),
    )


def column(data, hidden: int, trials, num_epochs: int, seed: int):
    """Mọi ``trials`` (lr, dropout, weight_decay) với ``hidden`` nút."""
    (X, y), val, test = data
    s, kept = len(trials), []

    def loss(nets, part):
        return evaluate(nets, *part)[0].double().numpy()

    lr, dropout, decay = torch.tensor(trials, dtype=torch.float32).T
    rng = torch.Generator().manual_seed(seed)
    nets = cohort.build(
        X.shape[1],
        int(y.max()) + 1,
        seeds=[seed] * s,
        hidden=hidden,
        dropout=dropout,
        rng=rng,
    )
    cohort.train(
        nets,
        X.expand(1, s, *X.shape),
        y.expand(s, *y.shape),
        lr=lr,
        weight_decay=decay,
        rng=rng,
        num_epochs=num_epochs,
        on_epoch=lambda nets: kept.append(loss(nets, val)),
    )
    return np.stack(kept, axis=1), loss(nets, test)
