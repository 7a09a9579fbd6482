"""Công thức đem ra so: một mạng nhỏ, cách học, dữ liệu có biến dạng.

So công thức cho công bằng cần nhiều lần chia dữ liệu, nhiều seed, nhiều
tốc độ học; [build] dựng cả chồng mạng, [train] cho chúng học một lượt,
mỗi mạng chỉ thấy dữ liệu của nó.
Nhà: nm/10.
"""

import math

import torch
from torch import nn

from hocsau.batchnorm import BatchNorm
from hocsau.dropout import Dropout
from hocsau.optimisers import SGD, AdamW
from hocsau.stacked import mlps, uniform
from hocsau.together import Batches, evaluate, fit, per_net, scheduled


def build(
    d, k, *, seeds, hidden=0, norm=False, dropout=0.0, rng=None
):
    """s mạng d → ``hidden`` → k, mạng i gieo từ ``seeds[i]``.

    ``hidden`` = 0 là mô hình tuyến tính. ``norm``: chuẩn hóa theo batch
    trước ReLU; ``dropout``: xác suất tắt nút ẩn, (s,) hay một số, khi
    ấy ``rng`` rút mặt nạ. Khởi tạo như ``nn.Linear``.
    """
    off = per_net(dropout)

    def after(h):
        first = [BatchNorm(len(seeds), 1, h)] if norm else []
        last = [Dropout(off, rng=rng)] if off.any() else []
        return [*first, nn.ReLU(), *last]

    sizes = (d, hidden, k) if hidden else (d, k)
    return mlps(
        sizes, seeds=seeds, after=after, init=uniform, last=uniform
    )


class Views(Batches):
    """Batch mà mỗi mẫu rút một trong v bản biến dạng của nó.

    ``views``: (v, s, n, d); ``y``: (s, n). ``rng``: chung cho mọi mạng.
    """

    def __init__(self, views, y, *, batch_size, rng):
        rngs, self.views = [rng] * len(y), views
        super().__init__(
            views[0], y, batch_size=batch_size, rngs=rngs, drop_last=True
        )

    def draw(self):
        return torch.rand(self.y.shape, generator=self.rngs[0]).argsort(1)

    def pick(self, rows):
        v, rng = len(self.views), self.rngs[0]
        which = torch.randint(v, rows.shape, generator=rng)
        return self.views[which, self.net, rows], self.y[self.net, rows]


def half_cosine(t):
    """Nửa hình cosin, từ 1 ở t = 0 về 0 ở t = 1."""
    return (1 + math.cos(math.pi * t)) / 2


def train(
    nets, views, y, *, lr, rng, num_epochs, batch_size=20, adam=True,
    weight_decay=0.0, cosine=False, on_epoch=None,
):  # fmt: skip
    """Huấn luyện cả chồng bằng AdamW hay SGD, mỗi mạng một lr.

    ``views``, ``y``, ``rng``: như ở [Views]; ``lr``, ``weight_decay``:
    một số hoặc (s,). ``cosine``: lr giảm theo [half_cosine]. Trả về
    ``nets``.
    """
    batches = Views(views, y, batch_size=batch_size, rng=rng)
    optimiser = (AdamW if adam else SGD)(
        nets.parameters(),
        per_net(lr),
        weight_decay=per_net(weight_decay),
    )
    num_steps = num_epochs * len(batches)
    shape = half_cosine if cosine else lambda t: 1.0
    fit(
        nets, batches, optimiser, num_epochs=num_epochs,
        on_step=scheduled(optimiser, shape, num_steps),
        on_epoch=on_epoch,
    )  # fmt: skip
    return nets


class KeepBest:
    """Dừng sớm cho cả chồng: mỗi mạng giữ trọng số của epoch tốt nhất.

    Không mạng nào dừng thật, nhưng ``restore`` cho đúng trọng số mà
    dừng sớm (kiên nhẫn vô hạn) sẽ giữ: mất mát kiểm định thấp nhất.
    """

    def __init__(self, X, y):
        self.X, self.y = X, y
        self.best = torch.full((len(X), 1, 1), math.inf)
        self.kept = None

    def __call__(self, nets) -> None:
        loss = evaluate(nets, self.X, self.y)[0][:, None, None]
        now = nets.state_dict()
        if self.kept is None:
            self.kept = {k: v.clone() for k, v in now.items()}
        better = loss < self.best
        self.best = torch.where(better, loss, self.best)
        for name, old in self.kept.items():
            old.copy_(torch.where(better, now[name], old))

    def restore(self, nets) -> None:
        nets.load_state_dict(self.kept)
