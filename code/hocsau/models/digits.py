"""Hai mạng của bài lab chữ số: kết nối đầy đủ và tích chập.

Cả hai nhận ảnh vuông một kênh (n, 1, side, side) và trả về logit
(n, 10). Với ảnh 28 × 28 của MNIST, mạng đầy đủ có 101 770 tham số, mạng
tích chập có 124 670.
Nhà: mit/lab2-1.
"""

import torch
from torch import nn


class FullyConnected(nn.Module):
    """Duỗi ảnh thành hàng, một tầng ẩn ReLU, rồi mười logit.

    Tham số: (side² + 1)·hidden + (hidden + 1)·num_classes.
    """

    def __init__(self, side=28, *, hidden=128, num_classes=10):
        super().__init__()
        self.flatten = nn.Flatten()
        self.hidden = nn.Linear(side * side, hidden)
        self.activation = nn.ReLU()
        self.output = nn.Linear(hidden, num_classes)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Logit (n, num_classes) của ảnh (n, 1, side, side)."""
        hidden = self.activation(self.hidden(self.flatten(X)))
        return self.output(hidden)


def after_stages(side: int, padding: int = 0) -> int:
    """Cạnh bản đồ sau hai chặng: lọc 3 × 3 rồi gộp 2 × 2.

    28 → 26 → 13 → 11 → 5; 0 nghĩa là ảnh nhỏ quá.
    """
    for _ in range(2):
        side = max(side + 2 * padding - 2, 0) // 2
    return side


class DigitCNN(nn.Module):
    """Hai chặng tích chập 3 × 3, ReLU, gộp cực đại; hai tầng đầy đủ.

    ``maps``: số bản đồ của hai chặng. ``padding``: số hàng đệm mỗi
    phía; ảnh 8 × 8 cần 1.
    Lỗi: ``ValueError`` nếu ảnh nhỏ tới mức không còn gì sau hai chặng.
    """

    def __init__(
        self, side=28, *, maps=(24, 36), hidden=128, num_classes=10,
        padding=0,
    ):  # fmt: skip
        super().__init__()
        left = after_stages(side, padding)
        if left < 1:
            raise ValueError(
                f"DigitCNN: ảnh {side} × {side}, padding = {padding} "
                "không còn điểm nào sau hai chặng; hãy tăng padding"
            )
        self.conv1 = nn.Conv2d(1, maps[0], 3, padding=padding)
        self.conv2 = nn.Conv2d(maps[0], maps[1], 3, padding=padding)
        self.pool = nn.MaxPool2d(2)
        self.hidden = nn.Linear(maps[1] * left * left, hidden)
        self.output = nn.Linear(hidden, num_classes)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Logit (n, num_classes) của ảnh (n, 1, side, side)."""
        X = self.pool(torch.relu(self.conv1(X)))
        X = self.pool(torch.relu(self.conv2(X)))
        X = torch.relu(self.hidden(X.flatten(1)))
        return self.output(X)
