"""Hai luật dừng, đọc trên một dãy mất mát kiểm định có sẵn.

[patience_stop] là luật của ``hocsau.train.EarlyStopping``, [gl_stop]
là luật của Prechelt; [snapshots] học nhiều mạng và ghi lại cả đường,
để thử bao nhiêu luật cũng được mà không phải học lại.
Nhà: nm/09.
"""

import torch
from torch.nn import functional as F

from hocsau import manynets


def patience_stop(losses, patience, *, min_delta=0.0):
    """(epoch tốt nhất, epoch dừng), đếm từ 1; hết dãy thì dừng ở cuối.

    Dừng khi đã ``patience`` epoch mà chưa hơn kỷ lục quá ``min_delta``.
    Lỗi: ``ValueError`` nếu ``patience`` < 1 hay dãy rỗng.
    """
    if patience < 1 or not len(losses):
        raise ValueError(
            f"patience_stop: patience = {patience}, {len(losses)} "
            "epoch; cần ít nhất 1"
        )
    best, best_epoch = float("inf"), 0
    for epoch, loss in enumerate(losses, start=1):
        if loss < best - min_delta:
            best, best_epoch = loss, epoch
        if epoch - best_epoch >= patience:
            break
    return best_epoch, epoch


def gl_stop(losses, alpha):
    """(epoch tốt nhất, epoch dừng) theo độ mất khái quát của Prechelt.

    Dừng ở epoch đầu tiên mà mất mát cao hơn kỷ lục quá ``alpha`` phần
    trăm; hết dãy thì dừng ở cuối. Nguồn: Prechelt (1998), luật GL.
    """
    best, best_epoch = float("inf"), 0
    for epoch, loss in enumerate(losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        if 100 * (loss / best - 1) > alpha:
            break
    return best_epoch, epoch


def snapshots(
    pool, held, *, sizes, seeds, num_train, num_epochs, lr=0.3,
    batch_size=16, weight_decay=0.0,
):  # fmt: skip
    """Học s mạng, mạng i trên ``num_train`` mẫu riêng rút từ ``pool``.

    ``pool``, ``held``: cặp (X, y). SGD thường. ``lr`` và
    ``weight_decay``: số hoặc (s,). Trả về, sau mỗi epoch, mất mát huấn
    luyện (e, s), mất mát từng mẫu để dành (e, s, m) và mẫu ấy đoán đúng
    không (e, s, m).
    """
    (X, y), (X_held, y_held) = pool, held
    order = draws(len(X), num_train, num_epochs, seeds=seeds)
    nets = manynets.ManyNets(sizes, seeds=seeds)
    decay = torch.as_tensor(weight_decay).expand(len(nets.seeds))
    rate = torch.as_tensor(lr).expand(len(nets.seeds))
    mine, rows = order[:, :num_train], []
    target = y_held.expand(len(nets.seeds), -1)

    @torch.no_grad()
    def record():
        z = nets(X_held)  # (s, m, k)
        loss = F.cross_entropy(z.mT, target, reduction="none")
        fit = manynets.cross_entropy(nets(X[mine]), y[mine])
        rows.append((fit, loss, z.argmax(2) == y_held))

    def penalised(logits, labels):
        squares = sum((p**2).sum((1, 2)) for p in nets.params())
        loss = manynets.cross_entropy(logits, labels)
        return loss + 0.5 * decay * squares

    for epoch in order.split(num_train, dim=1):
        manynets.train(
            nets, X, y, lr=rate, order=epoch, batch_size=batch_size,
            loss=penalised,
        )  # fmt: skip
        record()
    return tuple(
        torch.stack(column) for column in zip(*rows, strict=True)
    )


def draws(pool_size, num_train, num_epochs, *, seeds):
    """Mẫu riêng của từng mạng, xáo lại mỗi epoch: (s, num_epochs·n)."""
    rows = []
    for seed in seeds:
        rng = torch.Generator().manual_seed(2000 + int(seed))
        mine = torch.randperm(pool_size, generator=rng)[:num_train]
        rows.append(
            torch.cat(
                [
                    mine[torch.randperm(num_train, generator=rng)]
                    for _ in range(num_epochs)
                ]
            )
        )
    return torch.stack(rows)
