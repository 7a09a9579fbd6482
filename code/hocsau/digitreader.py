"""Người máy đọc chữ số: học một mạng, dự đoán chéo, gộp vài mạng.

Nhà: du-an/anh.
"""

import torch
from torch import nn

from hocsau import digitlab, train
from hocsau.data.batches import Batches
from hocsau.data.jitter import Jittered
from hocsau.models.digits import DigitCNN

USUAL = {"lr": 0.02, "weight_decay": 0.01, "shift": 0.5, "turn": 10.0}


def fit(
    X, y, *, seed: int, lr: float, weight_decay: float, shift: float,
    turn: float, num_epochs: int = 20, batch_size: int = 64,
):  # fmt: skip
    """Mạng tích chập học ảnh (n, 1, 8, 8), có tăng cường dữ liệu.

    AdamW; tốc độ học lên rồi xuống một lượt, đỉnh là ``lr``. ``shift``,
    ``turn`` cùng bằng 0 thì không biến ảnh. Trả về mô hình, chế độ
    eval. Không đụng bộ sinh số toàn cục.
    """
    rng = torch.Generator().manual_seed(seed)
    batches = Batches(X, y, batch_size=batch_size, rng=rng)
    if shift or turn:
        batches = Jittered(
            X, y, batch_size=batch_size, rng=rng, shift=shift, turn=turn
        )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = DigitCNN(8, padding=1)
    # xếp kênh ở cuối và AdamW gộp: cùng phép tính, CPU chạy nhanh hơn
    model = model.to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=lr, weight_decay=weight_decay, fused=True
    )
    cycle = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, lr, total_steps=num_epochs * len(batches)
    )
    train.fit(
        model,
        batches,
        nn.CrossEntropyLoss(),
        optimizer,
        num_epochs=num_epochs,
        callbacks=[train.Schedule(cycle, every="step")],
    )
    return model.eval()


def fold_logits(X, y, fold, *, seed: int, **settings):
    """Lần lượt để dành từng phần, học phần còn lại.

    ``fold``: (n,) số thứ tự phần của mỗi ảnh. Mỗi lượt cho một cặp:
    ảnh nào được để dành, (n,) đúng sai, và logit của chúng.
    Lỗi: ``ValueError`` nếu ``fold`` không có ít nhất hai phần.
    """
    if len(fold) != len(X) or len(fold.unique()) < 2:
        raise ValueError(
            f"fold_logits: {len(X)} ảnh, fold có {len(fold)} số và "
            f"{len(fold.unique())} phần; cần mỗi ảnh một số, từ hai "
            "phần"
        )
    for k in fold.unique():
        out = fold == k
        model = fit(X[~out], y[~out], seed=seed, **settings)
        yield out, digitlab.logits(model, X[out])


def held_out(X, y, fold, *, seed: int, **settings):
    """Logit (n, 10): ảnh nào cũng do một mạng chưa học nó đọc."""
    Z = torch.zeros(len(X), 10)
    for out, part in fold_logits(X, y, fold, seed=seed, **settings):
        Z[out] = part
    return Z


def pooled(logits):
    """Gộp nhiều mạng: log của xác suất trung bình, (n, k).

    ``logits``: (m, n, k), mỗi mạng một lớp.
    """
    P = torch.stack(list(logits)).softmax(2).mean(0)
    return P.clamp(min=1e-12).log()
