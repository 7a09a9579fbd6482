"""Huấn luyện cùng lúc nhiều bản sao của một mạng nhỏ, mỗi bản một seed.

Một lần chạy may hay rủi không nói lên điều gì; muốn đếm "bao nhiêu
seed thì được" phải chạy hàng trăm bản. [Crowd] xếp tham số của chúng
thành một khối rồi tính một lượt; mỗi bản vẫn học đúng như khi học một
mình.
Nhà: nm/01.
"""

import torch
from torch.nn import functional as F

from hocsau.ensemble import Ensemble


class Crowd(Ensemble):
    """s mạng do ``build()`` dựng; trước mạng i, đặt seed ``seeds[i]``.

    ``crowd(X)`` nhận X (n, d) chung, trả về đầu ra (s, n, k). Bộ sinh
    số ngẫu nhiên chung được trả lại như cũ.
    Lỗi: ``ValueError`` nếu không có seed, hoặc mạng có buffer
    (BatchNorm).
    """

    def __init__(self, build, seeds):
        with torch.random.fork_rng(devices=[]):
            nets = [_seeded(build, seed) for seed in seeds]
        if not nets:
            raise ValueError("Crowd: seeds rỗng; cần ít nhất một seed")
        super().__init__(nets)


def _seeded(build, seed):
    torch.manual_seed(seed)
    return build()


def logistic_loss(logits, y):
    """Entropy chéo nhị phân từng mạng: (s, n, 1), (n,) → (s,)."""
    z = logits.squeeze(-1)
    each = F.binary_cross_entropy_with_logits(
        z, y.expand_as(z), reduction="none"
    )
    return each.mean(1)


def right(logits, y):
    """Tỷ lệ mẫu đúng từng mạng, ngưỡng logit 0: (s, n, 1) → (s,)."""
    hit = (logits.squeeze(-1) > 0) == (y > 0.5)
    return hit.double().mean(1)


def train(
    crowd, X, y, *, lr, num_steps, loss=logistic_loss, keep=right
):
    """Hạ gradient trên cả tập ``num_steps`` bước, cho mọi mạng.

    ``lr``: một số, hoặc (s,) mỗi mạng một tốc độ học. Trả về
    ``keep(logits, y)`` ở từng bước và sau bước cuối, (num_steps + 1,
    s); ``keep=None`` thì không ghi gì và trả về None.
    """
    params = list(crowd.parameters())
    rates = [torch.as_tensor(lr, dtype=p.dtype) for p in params]
    rates = [
        r.view(-1, *[1] * (p.dim() - 1)) if r.dim() else r
        for r, p in zip(rates, params, strict=True)
    ]
    kept = []
    for _ in range(num_steps):
        logits = crowd(X)
        if keep is not None:
            kept.append(keep(logits.detach(), y))
        grads = torch.autograd.grad(loss(logits, y).sum(), params)
        with torch.no_grad():
            for p, r, g in zip(params, rates, grads, strict=True):
                p -= r * g
    if keep is None:
        return None
    with torch.no_grad():
        kept.append(keep(crowd(X), y))
    return torch.stack(kept)
