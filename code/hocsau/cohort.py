"""Một đoàn mạng nhỏ học cùng lúc, mỗi mạng một seed và một dữ liệu riêng.

So công thức cho công bằng cần nhiều lần chia dữ liệu, nhiều seed, nhiều
tốc độ học. Ở đây s mạng cùng hình đi chung một phép nhân ma trận theo
batch; mạng nào cũng chỉ thấy dữ liệu của nó ([Cohort], [train]).
Nhà: nm/10.
"""

import math

import torch
from torch.nn import functional as F

from hocsau.manynets import adam_step, sgd_step


class Cohort:
    """s mạng d → ``hidden`` → k, mạng i gieo từ ``seeds[i]``.

    ``hidden`` = 0 là mô hình tuyến tính. Trọng số và bias rút từ
    U(−1, 1)/√(số đầu vào) như ``nn.Linear``. ``norm``: chuẩn hóa theo
    batch trước ReLU; ``dropout``: xác suất tắt nút ẩn, (s,) hay một số.
    Vào (s, n, d), ra logit (s, n, k).
    """

    def __init__(
        self, d, k, *, seeds, hidden=0, norm=False, dropout=0.0
    ):
        rngs = [torch.Generator().manual_seed(int(i)) for i in seeds]
        s, h = len(rngs), hidden
        self.params = []
        for a, b in [(d, h), (h, k)] if h else [(d, k)]:
            for shape in ((a, b), (1, b)):
                U = [
                    2 * torch.rand(shape, generator=g) - 1 for g in rngs
                ]
                self.params.append(torch.stack(U) / math.sqrt(a))
        self.norm, self.running = norm and bool(h), []
        if self.norm:
            ones, zeros = torch.ones(s, 1, h), torch.zeros(s, 1, h)
            self.params += [ones.clone(), zeros.clone()]
            self.running = [zeros, ones]
        for p in self.params:
            p.requires_grad_(True)
        off = torch.as_tensor(dropout, dtype=torch.float32)
        self.off = off.expand(s)[:, None, None]

    def __call__(self, X, *, rng=None):
        """Logit; có ``rng`` là lúc học: dropout và thống kê của batch."""
        Z = torch.baddbmm(self.params[1], X, self.params[0])
        if len(self.params) == 2:
            return Z
        if self.norm:
            Z = self.normalise(Z, rng is not None)
        H = torch.relu(Z)
        if rng is not None and self.off.any():
            keep = torch.rand(H.shape, generator=rng) >= self.off
            H = H * keep / (1 - self.off)
        return torch.baddbmm(self.params[3], H, self.params[2])

    def normalise(self, Z, training: bool):
        """BatchNorm trên chiều mẫu, nhớ trung bình động với hệ số 0.1."""
        mean, var = self.running
        if training:
            mean, var = (
                Z.mean(1, True),
                Z.var(1, correction=0, keepdim=True),
            )
            n = Z.shape[1]
            seen = (mean, var * n / (n - 1))
            for old, new in zip(self.running, seen, strict=True):
                old.lerp_(new.detach(), 0.1)
        gamma, beta = self.params[4:]
        return gamma * (Z - mean) / (var + 1e-5).sqrt() + beta

    def state(self) -> list:
        """Mọi tensor (s, …) mà mạng cần nhớ, kể cả trung bình động."""
        return [p.detach() for p in self.params] + self.running

    def load(self, state) -> None:
        """Nhận lại danh sách của [Cohort.state]."""
        for old, new in zip(self.state(), state, strict=True):
            old.copy_(new)


def cross_entropy(logits, y):
    """Entropy chéo trung bình: (s, n, k), (s, n) → (s,)."""
    each = F.cross_entropy(
        logits.flatten(0, 1), y.flatten(), reduction="none"
    )
    return each.view(y.shape).mean(1)


def evaluate(nets, X, y):
    """Mất mát và độ chính xác từng mạng, lúc dự đoán: (s,), (s,)."""
    with torch.no_grad():
        logits = nets(X)
    hits = logits.argmax(2) == y
    return cross_entropy(logits, y), hits.double().mean(1)


class KeepBest:
    """Dừng sớm cho cả đoàn: mỗi mạng giữ trọng số của epoch tốt nhất.

    Không mạng nào dừng thật, nhưng ``restore`` cho đúng trọng số mà
    dừng sớm (kiên nhẫn vô hạn) sẽ giữ: mất mát kiểm định thấp nhất.
    """

    def __init__(self, X, y):
        self.X, self.y = X, y
        self.best = torch.full((len(X),), math.inf)
        self.kept = None

    def __call__(self, epoch: int, nets) -> None:
        loss, _ = evaluate(nets, self.X, self.y)
        now = nets.state()
        if self.kept is None:
            self.kept = [v.clone() for v in now]
        better = (loss < self.best)[:, None, None]
        self.best = torch.where(better[:, 0, 0], loss, self.best)
        for old, new in zip(self.kept, now, strict=True):
            old.copy_(torch.where(better, new, old))

    def restore(self, nets) -> None:
        nets.load(self.kept)


def column(value, s: int):
    """Một số, hoặc (s,) mỗi mạng một số → (s, 1, 1) để nhân tham số."""
    value = torch.as_tensor(value, dtype=torch.float32)
    return value.expand(s)[:, None, None]


def train(
    nets,
    X,
    y,
    *,
    lr,
    rng,
    num_epochs,
    batch_size=20,
    adam=True,
    weight_decay=0.0,
    cosine=False,
    watch=(),
):
    """Huấn luyện cả đoàn; ``lr``, ``weight_decay``: một số hoặc (s,).

    ``X``: (v, s, n, d), v bản biến dạng của cùng các mẫu, mỗi lượt mỗi
    mẫu rút một bản; ``y``: (s, n). ``cosine``: lr giảm theo nửa hình
    cosin về 0. Sau mỗi epoch gọi từng hàm trong ``watch`` với (epoch,
    nets). Batch lẻ cuối epoch bị bỏ. Trả về ``nets``.
    """
    v, s, n, _ = X.shape
    lr, weight_decay = column(lr, s), column(weight_decay, s)
    per_epoch, memory = n // batch_size, {}
    net, t = torch.arange(s)[:, None], 0
    for epoch in range(1, num_epochs + 1):
        order = torch.rand(s, n, generator=rng).argsort(1)
        for rows in order.split(batch_size, 1)[:per_epoch]:
            pick = torch.randint(v, rows.shape, generator=rng)
            logits = nets(X[pick, net, rows], rng=rng)
            loss = cross_entropy(logits, y[net, rows]).sum()
            grads = torch.autograd.grad(loss, nets.params)
            part = t / (per_epoch * num_epochs)
            fall = (1 + math.cos(math.pi * part)) / 2 if cosine else 1
            now, t = lr * fall, t + 1
            with torch.no_grad():
                for p in nets.params:
                    p.mul_(1 - now * weight_decay)
            if adam:
                adam_step(nets.params, grads, now, memory)
            else:
                sgd_step(nets.params, grads, now)
        for look in watch:
            look(epoch, nets)
    return nets
