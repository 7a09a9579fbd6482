"""hw2: MLP có kết nối tắt, huấn luyện trên MNIST.

Nhà: dlsys/08.
"""

from pathlib import Path

import numpy as np

from .. import data, nn, optim


def ResidualBlock(dim, hidden_dim, norm=nn.BatchNorm1d, drop_prob=0.1):
    """Khối phần dư dim → hidden_dim → dim, rồi ReLU."""
    inner = nn.Sequential(
        nn.Linear(dim, hidden_dim),
        norm(hidden_dim),
        nn.ReLU(),
        nn.Dropout(drop_prob),
        nn.Linear(hidden_dim, dim),
        norm(dim),
    )
    return nn.Sequential(nn.Residual(inner), nn.ReLU())


def MLPResNet(
    dim, hidden_dim=100, num_blocks=3, num_classes=10,
    norm=nn.BatchNorm1d, drop_prob=0.1,
):
    """Mạng (B, dim) → (B, num_classes) với num_blocks khối phần dư."""
    return nn.Sequential(
        nn.Linear(dim, hidden_dim),
        nn.ReLU(),
        *[
            ResidualBlock(hidden_dim, hidden_dim // 2, norm, drop_prob)
            for _ in range(num_blocks)
        ],
        nn.Linear(hidden_dim, num_classes),
    )


def epoch(dataloader, model, opt=None):
    """Một vòng; có ``opt`` thì huấn luyện. Trả (tỷ lệ lỗi, mất mát).

    Như khóa học, mỗi lần gọi đặt lại ``np.random.seed(4)``, nên vòng
    nào cũng xáo và tắt nút y như nhau.
    """
    np.random.seed(4)
    model.train() if opt else model.eval()
    loss_fn, flatten = nn.SoftmaxLoss(), nn.Flatten()
    wrong, total, losses = 0, 0, []
    for X, y in dataloader:
        logits = model(flatten(X))
        loss = loss_fn(logits, y)
        if opt:
            opt.reset_grad()
            loss.backward()
            opt.step()
        losses.append(float(loss.numpy()))
        wrong += (logits.numpy().argmax(1) != y.numpy()).sum()
        total += len(y)
    return wrong / total, np.mean(losses)


def train_mnist(
    batch_size=100, epochs=10, optimizer=optim.Adam, lr=0.001,
    weight_decay=0.001, hidden_dim=100, data_dir="data",
):
    """Trả (lỗi, mất mát) huấn luyện rồi kiểm tra sau vòng cuối."""
    np.random.seed(4)
    train, test = (
        data.DataLoader(
            data.MNISTDataset(
                Path(data_dir) / f"{name}-images-idx3-ubyte.gz",
                Path(data_dir) / f"{name}-labels-idx1-ubyte.gz",
            ),
            batch_size,
            shuffle=name == "train",
        )
        for name in ("train", "t10k")
    )
    model = MLPResNet(784, hidden_dim)
    opt = optimizer(
        model.parameters(), lr=lr, weight_decay=weight_decay
    )
    for _ in range(epochs):
        train_result = epoch(train, model, opt)
    return *train_result, *epoch(test, model)
