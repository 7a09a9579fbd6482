"""Mạng tích chập tí hon cho ảnh 8 × 8 và tiện ích huấn luyện, nén.

Nhà: nyu/01-2.
"""

import torch
from torch import nn
from torch.nn import functional as F


class TinyConv(nn.Module):
    """Mạng tích chập đầy đủ: ảnh 8 × 8 cho một ô điểm, ảnh dài nhiều ô.

    Vào (n, 1, h, w), h và w chẵn >= 8; ra (n, num_classes,
    (h-8)/2+1, (w-8)/2+1). Không đệm viền, nên chạy một lần trên dải
    dài bằng trượt cửa sổ 8 × 8 bước 2.
    """

    def __init__(self, num_classes: int = 10, *, maps=(12, 24, 48)):
        super().__init__()
        a, b, c = maps
        self.conv1 = nn.Conv2d(1, a, 3)
        self.conv2 = nn.Conv2d(a, b, 2)
        self.conv3 = nn.Conv2d(b, c, 2)
        self.head = nn.Conv2d(c, num_classes, 1)
        for layer in self.children():
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)  # (n, a, 3, 3)
        x = F.relu(self.conv2(x))  # (n, b, 2, 2)
        x = F.relu(self.conv3(x))  # (n, c, 1, 1)
        return self.head(x)


def scores(model, x):
    """Điểm mỗi lớp, gộp log-sum-exp trên mọi vị trí: (n, lớp)."""
    with torch.no_grad():
        return model(x).flatten(2).logsumexp(2)


def accuracy(model, x, y) -> float:
    """Tỷ lệ ảnh đoán đúng; ``x``: (n, 1, h, w), ``y``: (n,)."""
    return (scores(model, x).argmax(1) == y).float().mean().item()


def fit(
    model, x, y, *, lr: float, num_steps: int, rng, batch_size: int = 64
):
    """Huấn luyện bằng Adam trên entropy chéo của điểm đã gộp vị trí.

    ``x``: (n, ...) tensor, ``y``: (n,) nhãn nguyên, ``rng``: torch.Generator.
    Tốc độ học giảm theo nửa chu kỳ cosin về 0. Trả về chính ``model``.
    """
    optimizer = torch.optim.Adam(model.parameters(), lr=lr, fused=True)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, num_steps
    )
    for _ in range(num_steps):
        pick = torch.randint(len(x), (batch_size,), generator=rng)
        loss = F.cross_entropy(
            model(x[pick]).flatten(2).logsumexp(2), y[pick]
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return model


def prune(model, fraction: float):
    """Đặt về 0 phần ``fraction`` trọng số nhỏ nhất của toàn mạng.

    Sửa ``model`` tại chỗ (bias giữ nguyên) rồi trả về nó.
    """
    weights = [p for p in model.parameters() if p.dim() > 1]
    sizes = torch.cat([w.detach().abs().flatten() for w in weights])
    cut = sizes.sort().values[: round(fraction * len(sizes))]
    with torch.no_grad():
        for w in weights if len(cut) else []:
            w[w.abs() <= cut[-1]] = 0
    return model


def quantize(model, bits: int):
    """Làm tròn trọng số mỗi tầng về lưới đều gồm 2**bits - 1 mức.

    Mức lớn nhất đặt ở trị tuyệt đối lớn nhất của tầng; sửa tại chỗ.
    Lỗi: ``ValueError`` nếu ``bits`` < 2 (lưới chỉ còn số 0).
    """
    if bits < 2:
        raise ValueError(f"quantize: cần ít nhất 2 bit, nhận {bits}")
    levels = 2 ** (bits - 1) - 1
    with torch.no_grad():
        for w in (p for p in model.parameters() if p.dim() > 1):
            step = w.abs().max() / levels
            w.copy_((w / step).round() * step)
    return model
