"""Học cùng lúc: batch, mất mát, điểm và vòng lặp của s mạng một lượt.

Mất mát là tổng qua các mạng nên gradient của mạng nào chỉ phụ thuộc
mạng ấy, và bộ tối ưu sửa từng số riêng: mỗi mạng học đúng như khi học
một mình ([fit]). Mạng lấy từ ``hocsau.stacked`` hay
``hocsau.ensemble``; đầu ra của chúng là (s, n, k).
Nhà: nm/01.
"""

import torch
from torch.nn import functional as F


def per_net(values):
    """Một số, hay (s,) mỗi mạng một số → (s, 1, 1) cho bộ tối ưu."""
    values = torch.as_tensor(values, dtype=torch.float32)
    return values.reshape(-1, 1, 1)


def cross_entropy(output, y):
    """Entropy chéo từng mạng: (s, n, k), y (n,) hay (s, n) → (s,)."""
    y = y.expand(output.shape[:2])
    each = F.cross_entropy(
        output.flatten(0, 1), y.flatten(), reduction="none"
    )
    return each.view(y.shape).mean(1)


def logistic_loss(output, y):
    """Entropy chéo nhị phân từng mạng: logit (s, n, 1) → (s,)."""
    z = output.squeeze(-1)
    each = F.binary_cross_entropy_with_logits(
        z, y.expand_as(z), reduction="none"
    )
    return each.mean(1)


def squared_on_softmax(output, y):
    """‖softmax(z) − onehot(y)‖² trung bình của từng mạng: (s,)."""
    target = F.one_hot(y, output.shape[2])
    return ((output.softmax(2) - target) ** 2).sum(2).mean(1)


def accuracy(output, y):
    """Tỷ lệ đúng của từng mạng: (s, n, k), y (n,) hay (s, n) → (s,).

    k = 1 thì đầu ra là logit, đoán 1 khi logit dương.
    """
    one = output.shape[-1] == 1
    guess = output[..., 0] > 0 if one else output.argmax(-1)
    return (guess == y).double().mean(-1)


def predict(nets, X):
    """Đầu ra (s, n, k) ở chế độ eval, không gradient."""
    was_training = nets.training
    nets.eval()
    with torch.no_grad():
        output = nets(X)
    nets.train(was_training)
    return output


def evaluate(nets, X, y):
    """Entropy chéo và độ chính xác từng mạng, lúc dự đoán: (s,), (s,)."""
    output = predict(nets, X)
    return cross_entropy(output, y), accuracy(output, y)


def choose(X, y, n, rngs):
    """Mỗi mạng rút n mẫu riêng: X (s, n, d), y (s, n)."""
    order = [torch.randperm(len(X), generator=rng) for rng in rngs]
    rows = torch.stack(order)[:, :n]
    return X[rows], y[rows]


class Batches:
    """Batch của s mạng, mỗi mạng xáo mẫu của nó bằng ``rngs[i]``.

    ``X``: (n, d) chung hay (s, n, d); ``y``: (n,) hay (s, n).
    ``shuffle``: "each" xáo lại mỗi epoch, "once" xáo một lần, "never"
    giữ thứ tự dữ liệu. ``drop_last``: bỏ batch thiếu ở cuối epoch.
    Lỗi: ``ValueError`` với ``shuffle`` khác, hay không có batch nào.
    """

    def __init__(
        self, X, y, *, batch_size, rngs, shuffle="each", drop_last=False
    ):
        known = ("each", "once", "never")
        if shuffle not in known:
            raise ValueError(f"shuffle={shuffle!r}; chọn một của {known}")
        s, n = len(rngs), y.shape[-1]
        self.X, self.y = X.expand(s, *X.shape[-2:]), y.expand(s, n)
        self.rngs, self.shuffle, self.order = rngs, shuffle, None
        self.net = torch.arange(s)[:, None]
        self.batch_size = batch_size
        self.used = n - n % batch_size if drop_last else n
        if not self.used:
            raise ValueError(
                f"Batches: {n} mẫu, batch_size = {batch_size}: không "
                "có batch nào; thêm mẫu hoặc giảm batch_size"
            )

    def __len__(self) -> int:
        """Số batch của một epoch."""
        return -(-self.used // self.batch_size)

    def __iter__(self):
        if self.order is None or self.shuffle == "each":
            self.order = self.draw()
        used = self.order[:, : self.used]
        for rows in used.split(self.batch_size, 1):
            yield self.pick(rows)

    def draw(self):
        """Thứ tự mới của từng mạng: (s, n)."""
        n = self.y.shape[1]
        if self.shuffle == "never":
            return torch.arange(n).expand(len(self.rngs), n)
        order = [torch.randperm(n, generator=rng) for rng in self.rngs]
        return torch.stack(order)

    def pick(self, rows):
        """Cặp (X, y) của các hàng ``rows`` (s, b)."""
        return self.X[self.net, rows], self.y[self.net, rows]


def scheduled(optimiser, shape, num_steps):
    """Hàm ``on_step``: lr gốc nhân ``shape(t)``, t = bước/số bước."""
    start = optimiser.lr

    def on_step(step):
        optimiser.lr = start * shape(step / num_steps)

    return on_step


def fit(
    nets, batches, optimiser, *, num_epochs, loss=cross_entropy,
    score=None, on_step=None, on_epoch=None,
):  # fmt: skip
    """Vòng lặp thường cho s mạng; mỗi mạng học như khi học một mình.

    ``batches``: các cặp (X, y), duyệt lại mỗi epoch. ``on_step(i)``
    được gọi trước bước thứ i (từ 0), ``on_epoch(nets)`` sau mỗi epoch.
    Trả về ``score(output, y)`` của các batch, không có ``score`` thì mất
    mát, trung bình theo epoch, đo trước khi sửa: (num_epochs, s).
    """
    step, history = 0, []
    for _ in range(num_epochs):
        nets.train()
        kept = []
        for X, y in batches:
            if on_step:
                on_step(step)
            output = nets(X)  # (s, n, k)
            losses = loss(output, y)  # (s,)
            optimiser.zero_grad()
            losses.sum().backward()
            optimiser.step()
            seen = losses if score is None else score(output, y)
            kept.append(seen.detach())
            step += 1
        history.append(torch.stack(kept).mean(0))
        if on_epoch:
            on_epoch(nets)
    return torch.stack(history)
