"""Bàn thí nghiệm của dropout và chuẩn hóa: nhiều mạng học một lượt.

Một công thức, nhiều seed, nhiều tốc độ học: s mạng cùng hình xếp thành
tensor có thêm chiều đầu ([Linears]); các mạng không chạm vào nhau, mỗi
mạng học như trong vòng lặp thường ([fit]).
Nhà: nm/08.
"""

from itertools import pairwise

import torch
from torch import nn
from torch.nn import functional as F

from hocsau.batchnorm import BatchNorm
from hocsau.dropout import Dropout
from hocsau.layernorm import LayerNorm
from hocsau.optimisers import Adam

PURPOSES = ("trọng số", "mặt nạ", "mẫu", "thứ tự")


class Linears(nn.Module):
    """s tầng tuyến tính một lượt: (s, n, d) → (s, n, k).

    Trọng số và bias rút từ U(±bound); mặc định 1/√d như ``nn.Linear``.
    ``rngs``: s bộ sinh, mỗi mạng một bộ.
    """

    def __init__(self, d, k, rngs, *, bound=None):
        super().__init__()
        bound = d**-0.5 if bound is None else bound
        drawn = [torch.rand(d + 1, k, generator=rng) for rng in rngs]
        both = bound * (2 * torch.stack(drawn) - 1)
        self.weight = nn.Parameter(both[:, :d].clone())  # (s, d, k)
        self.bias = nn.Parameter(both[:, d:].clone())  # (s, 1, k)

    def forward(self, X):
        return torch.baddbmm(self.bias, X, self.weight)


def build(recipe, sizes, *, seeds, p=0.5, he=False):
    """s mạng cùng công thức tầng ẩn, ví dụ "linear bn relu drop".

    Công thức lặp lại cho mọi tầng ẩn; có dấu "/" thì phần sau dành cho
    tầng ẩn cuối. Từ: linear, bn, ln, relu, drop. Tầng ra: linear.
    ``he``: biên √(6/d) của He thay cho 1/√d.
    Lỗi: ``ValueError`` nếu gặp từ lạ.
    """
    s = len(seeds)
    rngs = _rngs(seeds, "trọng số")
    masks = _rngs(seeds, "mặt nạ")[0]

    def layer(word, d, k):
        if word == "linear":
            bound = (6 / d) ** 0.5 if he else None
            return Linears(d, k, rngs, bound=bound)
        kinds = {
            "bn": lambda: BatchNorm(s, 1, k),
            "ln": lambda: LayerNorm(s, 1, k),
            "relu": nn.ReLU,
            "drop": lambda: Dropout(p, rng=masks),
        }
        if word not in kinds:
            raise ValueError(
                f"build: từ lạ {word!r}; dùng linear hay {list(kinds)}"
            )
        return kinds[word]()

    first, _, last = recipe.partition("/")
    pairs = list(pairwise(sizes))
    layers = []
    for i, (d, k) in enumerate(pairs[:-1]):
        words = last if last and i == len(pairs) - 2 else first
        layers += [layer(word, d, k) for word in words.split()]
    return nn.Sequential(*layers, Linears(*pairs[-1], rngs))


def _rngs(seeds, purpose):
    """Mỗi seed một bộ sinh; việc khác nhau thì dãy số khác nhau.

    Dùng chung một dãy cho hai việc, như chọn mẫu và làm sai nhãn, thì
    hai việc dính vào nhau.
    """
    offset = 10**6 * (1 + PURPOSES.index(purpose))
    return [
        torch.Generator().manual_seed(offset + int(seed))
        for seed in seeds
    ]


def choose(X, y, n, *, seeds):
    """Mỗi seed rút n mẫu: X (s, n, d), y (s, n)."""
    rngs = _rngs(seeds, "mẫu")
    order = [torch.randperm(len(X), generator=rng) for rng in rngs]
    rows = torch.stack(order)[:, :n]
    return X[rows], y[rows]


def mislabel(y, share, *, num_classes, rng):
    """Bản sao của y, một phần ``share`` bị thay bằng nhãn khác."""
    y, count = y.clone(), round(share * len(y))
    rows = torch.randperm(len(y), generator=rng)[:count]
    shift = torch.randint(1, num_classes, (count,), generator=rng)
    y[rows] = (y[rows] + shift) % num_classes
    return y


def losses(logits, y):
    """Entropy chéo của từng mạng: (s, n, k), (s, n) → (s,)."""
    each = F.cross_entropy(
        logits.flatten(0, 1), y.flatten(), reduction="none"
    )
    return each.view(y.shape).mean(1)


def predict(nets, X):
    """Logit (s, n, k) ở chế độ eval; X: (n, d) chung hay (s, n, d)."""
    if X.dim() == 2:
        X = X.expand(len(nets[-1].weight), -1, -1)
    was_training = nets.training
    nets.eval()
    with torch.no_grad():
        logits = nets(X)
    nets.train(was_training)
    return logits


def accuracies(nets, X, y):
    """Tỷ lệ đúng của từng mạng: (s,); y: (n,) hay (s, n)."""
    hits = predict(nets, X).argmax(2) == y
    return hits.float().mean(1)


def fit(
    nets, X, y, *, lr, num_epochs, batch_size, seeds, make=Adam,
    watch=None,
):  # fmt: skip
    """Vòng lặp thường cho s mạng, mạng i xáo batch theo ``seeds[i]``.

    ``X``: (s, n, d), ``y``: (s, n), ``lr``: một số hay (s,).
    ``watch(nets)``: gọi sau mỗi epoch, trả về tensor; kết quả xếp thành
    (num_epochs, …). Không có thì trả về mất mát huấn luyện trung bình
    của từng epoch, (num_epochs, s).
    """
    s, n = y.shape
    rate = torch.as_tensor(lr).expand(s).reshape(s, 1, 1)
    optimiser, at = make(nets.parameters(), rate), torch.arange(s)
    rngs = _rngs(seeds, "thứ tự")
    kept = []
    for _ in range(num_epochs):
        nets.train()
        order = [torch.randperm(n, generator=rng) for rng in rngs]
        total = torch.zeros(s)
        for rows in torch.stack(order).split(batch_size, 1):
            pick = at[:, None], rows
            loss = losses(nets(X[pick]), y[pick])  # (s,)
            optimiser.zero_grad()
            loss.sum().backward()
            optimiser.step()
            total += loss.detach() * rows.shape[1] / n
        kept.append(watch(nets) if watch else total)
    return torch.stack(kept)
