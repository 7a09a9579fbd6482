"""Bàn thí nghiệm của bài lab chữ số: học, lấy logit, dời ảnh, ghép ảnh.

Nhà: mit/lab2-1.
"""

import torch
from torch import nn
from torch.nn import functional as F

from hocsau import train
from hocsau.data.batches import Batches
from hocsau.models.digits import DigitCNN, FullyConnected

# Cách học của bài lab gốc trên MNIST: mạng, lr của SGD, số epoch.
RECIPES = {"FC": (FullyConnected, 0.1, 5), "CNN": (DigitCNN, 0.01, 7)}


def fit(
    make, part, *, lr: float, num_epochs: int, seed: int = 0,
    optimizer=torch.optim.Adam, batch_size: int = 64, val=None,
    where="cpu",
):  # fmt: skip
    """Dựng mạng ``make()`` từ ``seed`` rồi huấn luyện trên ``part``.

    ``part``, ``val``: (X, y). ``optimizer``: lớp bộ tối ưu, nhận tham
    số và ``lr``. Trả về mô hình, ở chế độ eval, và nhật ký.
    """
    torch.manual_seed(seed)
    model = make().to(where)
    rng = torch.Generator().manual_seed(seed)
    history = train.fit(
        model,
        Batches(*part, batch_size=batch_size, rng=rng),
        nn.CrossEntropyLoss(),
        optimizer(model.parameters(), lr=lr),
        num_epochs=num_epochs,
        val=val and Batches(*val, batch_size=1000),
        metrics={"accuracy": train.accuracy},
    )
    return model.eval(), history


def recipe(name: str, part, *, val=None, seed: int = 0, where="cpu"):
    """Huấn luyện mạng ``name`` đúng như bài lab gốc (``RECIPES``).

    Lỗi: ``ValueError`` nếu không biết ``name``.
    """
    if name not in RECIPES:
        raise ValueError(
            f"recipe: name = {name!r}; chọn một trong {list(RECIPES)}"
        )
    make, lr, num_epochs = RECIPES[name]
    return fit(
        make, part, lr=lr, num_epochs=num_epochs, seed=seed, val=val,
        optimizer=torch.optim.SGD, where=where,
    )  # fmt: skip


def logits(model: nn.Module, X, *, batch_size: int = 1000):
    """Logit của cả tập, (n, k), ở chế độ eval, kết quả nằm ở CPU."""
    was_training = model.training
    where = next(model.parameters()).device
    model.eval()
    with torch.no_grad():
        parts = [model(x.to(where)).cpu() for x in X.split(batch_size)]
    model.train(was_training)
    return torch.cat(parts)


def shift(X, *, down: int = 0, right: int = 0):
    """Dời ảnh (n, c, cao, rộng) vài điểm ảnh, chỗ trống tô 0."""
    h, w = X.shape[-2:]
    edges = (max(right, 0), max(-right, 0), max(down, 0), max(-down, 0))
    X = F.pad(X, edges)
    top, left = max(-down, 0), max(-right, 0)
    return X[..., top : top + h, left : left + w]


def mosaic(X, cols: int):
    """Ghép các ảnh (n, 1, cao, rộng) thành một ảnh lớn, ``cols`` cột.

    Hàng cuối thiếu thì để trắng. Mỗi ảnh chừa một điểm mép phải, dưới.
    """
    X = F.pad(X[:, 0], (0, 1, 0, 1))  # (n, cao + 1, rộng + 1)
    rows = -(-len(X) // cols)
    X = F.pad(X, (0, 0, 0, 0, 0, rows * cols - len(X)))
    h, w = X.shape[-2:]
    grid = X.reshape(rows, cols, h, w).transpose(1, 2)
    return grid.reshape(rows * h, cols * w)
