"""Hai luật dừng, đọc trên một dãy mất mát kiểm định có sẵn.

[patience_stop] là luật của ``hocsau.train.EarlyStopping``, [gl_stop]
là luật của Prechelt; [snapshots] học nhiều mạng và ghi lại cả đường,
để thử bao nhiêu luật cũng được mà không phải học lại.
Nhà: nm/09.
"""

import torch
from torch.nn import functional as F

from hocsau import together
from hocsau.optimisers import SGD
from hocsau.stacked import generators, mlps


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
    rngs = generators(seeds, 2000)
    mine = together.choose(X, y, num_train, rngs)
    batches = together.Batches(
        *mine, batch_size=batch_size, rngs=rngs, drop_last=True
    )
    nets, rows = mlps(sizes, seeds=seeds), []
    target = y_held.expand(len(seeds), -1)

    def record(nets):
        z = together.predict(nets, X_held)  # (s, m, k)
        loss = F.cross_entropy(z.mT, target, reduction="none")
        fit, _ = together.evaluate(nets, *mine)
        rows.append((fit, loss, z.argmax(2) == y_held))

    optimiser = SGD(
        nets.parameters(),
        together.per_net(lr),
        weight_decay=together.per_net(weight_decay),
    )
    together.fit(
        nets, batches, optimiser, num_epochs=num_epochs, on_epoch=record
    )
    return tuple(
        torch.stack(column) for column in zip(*rows, strict=True)
    )
