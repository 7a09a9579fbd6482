"""Nhiều mạng cùng hình huấn luyện một lượt: mỗi tensor thêm chiều đầu.

So hai mẹo cho công bằng thì phải thử nhiều tốc độ học, nhiều seed. Ở
đây s mạng (mỗi mạng một seed, một tốc độ học) đi chung một phép nhân
ma trận theo batch; các mạng không chạm vào nhau ([ManyNets], [train]).
Nhà: nyu/02-2.
"""

import math

import torch
from torch.nn import functional as F


class ManyNets:
    """s mạng đầy đủ cùng kích thước, mạng i gieo từ ``seeds[i]``.

    ``sizes``: (d₀, …, d_L); trọng số tầng l: (s, d_{l-1}, d_l), lấy từ
    N(0, gain²/d_{l-1}), tầng cuối dùng gain 1; bias bằng 0.
    """

    def __init__(self, sizes, *, seeds, gain=2**0.5, act=torch.relu):
        self.act, self.seeds = act, list(seeds)
        gains = [gain] * (len(sizes) - 2) + [1.0]
        per_net = [_draw(sizes, gains, seed) for seed in self.seeds]
        by_layer = zip(*per_net, strict=True)
        self.W = [torch.stack(layer) for layer in by_layer]
        self.b = [torch.zeros(len(w), 1, w.shape[2]) for w in self.W]

    def params(self):
        return self.W + self.b

    def __call__(self, X, *, mask=None):
        """Logit (s, n, k) của ``X``: (n, d) chung hoặc (s, n, d) riêng.

        ``mask``: hàm nhận giá trị ẩn (s, n, h), trả về giá trị đã tắt
        bớt nút (dropout); bỏ trống là không tắt.
        """
        H = X if X.dim() == 3 else X.expand(len(self.seeds), -1, -1)
        for i, (W, b) in enumerate(zip(self.W, self.b, strict=True)):
            H = torch.baddbmm(b, H, W)
            if i < len(self.W) - 1:
                H = self.act(H)
                H = mask(H) if mask else H
        return H


def _draw(sizes, gains, seed):
    """Trọng số của một mạng, từ đúng một seed."""
    rng = torch.Generator().manual_seed(int(seed))
    return [
        torch.randn(m, k, generator=rng) * gain / math.sqrt(m)
        for m, k, gain in zip(sizes[:-1], sizes[1:], gains, strict=True)
    ]


def cross_entropy(logits, y):
    """Entropy chéo của từng mạng: (s, n, k), (s, n) → (s,)."""
    picked = F.log_softmax(logits, 2).gather(2, y[..., None])
    return -picked.mean((1, 2))


def squared_on_softmax(logits, y):
    """‖softmax(z) − onehot(y)‖² trung bình của từng mạng: (s,)."""
    target = F.one_hot(y, logits.shape[2])
    return ((logits.softmax(2) - target) ** 2).sum(2).mean(1)


def error(nets, X, y):
    """Tỷ lệ sai của từng mạng; ``X``: (n, d), ``y``: (n,) → (s,)."""
    with torch.no_grad():
        return (nets(X).argmax(2) != y).float().mean(1)


def orders(n, num_epochs, *, seeds, shuffle="each"):
    """Thứ tự duyệt mẫu của từng mạng: (s, num_epochs·n).

    ``shuffle``: "each" xáo lại mỗi lượt, "once" xáo một lần, "never"
    giữ thứ tự dữ liệu.
    Lỗi: ``ValueError`` với giá trị khác.
    """
    known = ("each", "once", "never")
    if shuffle not in known:
        raise ValueError(f"orders: shuffle={shuffle!r}; chọn {known}")
    rows = []
    for seed in seeds:
        rng = torch.Generator().manual_seed(1000 + int(seed))
        if shuffle == "each":
            parts = [
                torch.randperm(n, generator=rng)  # một lượt
                for _ in range(num_epochs)
            ]
        else:
            once = torch.randperm(n, generator=rng)
            parts = [once if shuffle == "once" else torch.arange(n)]
            parts = parts * num_epochs
        rows.append(torch.cat(parts))
    return torch.stack(rows)


def sgd_step(params, grads, lr):
    """``w ← w − lr·g`` cho từng mạng; ``lr``: (s, 1, 1)."""
    with torch.no_grad():
        for p, g in zip(params, grads, strict=True):
            p -= lr * g


def adam_step(params, grads, lr, memory, *, eps=1e-8):
    """Một bước Adam (β₁ = 0.9, β₂ = 0.999); ``memory``: từ điển rỗng.

    Nguồn: Kingma và Ba (2015).
    """
    t = memory["t"] = memory.get("t", 0) + 1
    with torch.no_grad():
        for i, (p, g) in enumerate(zip(params, grads, strict=True)):
            m, v = memory.get(i, (0.0, 0.0))
            m = 0.9 * m + 0.1 * g
            v = 0.999 * v + 0.001 * g * g
            memory[i] = m, v
            size = (v / (1 - 0.999**t)).sqrt() + eps
            p -= lr * (m / (1 - 0.9**t)) / size


def train(
    nets,
    X,
    y,
    *,
    lr,
    order,
    batch_size,
    loss=cross_entropy,
    schedule=None,
    adam=False,
    mask=None,
    watch=None,
):
    """Huấn luyện mọi mạng, mỗi mạng theo hàng ``order`` của nó.

    ``X``: (n, d), ``y``: (n,), ``lr``: (s,); ``schedule(t)`` là hệ số
    nhân vào lr ở phần đường đã đi t ∈ [0, 1); ``watch(step, nets)``
    được gọi trước mỗi bước. Trả về ``nets``.
    """
    params, memory = nets.params(), {}
    for p in params:
        p.requires_grad_(True)
    rate = torch.as_tensor(lr, dtype=params[0].dtype)[:, None, None]
    batches = order[:, : order.shape[1] // batch_size * batch_size]
    batches = batches.split(batch_size, dim=1)
    for step, rows in enumerate(batches):
        if watch:
            watch(step, nets)
        total = loss(nets(X[rows], mask=mask), y[rows]).sum()
        grads = torch.autograd.grad(total, params)
        now = rate * (schedule(step / len(batches)) if schedule else 1)
        if adam:
            adam_step(params, grads, now, memory)
        else:
            sgd_step(params, grads, now)
    return nets
