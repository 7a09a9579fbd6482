"""Mạng tích chập nhỏ ráp từ bốn khâu, khâu nào cũng tháo ra được.

Mỗi chặng: chuẩn hóa, dàn bộ lọc, phi tuyến, gộp.
Nhà: nyu/03-2.
"""

import torch
from torch import nn
from torch.nn import functional as F

from hocsau.models.local import LocalGrid


class LocalContrast(nn.Module):
    """Trừ trung bình lân cận rồi chia cho độ lệch chuẩn lân cận.

    Lân cận là ô ``size`` × ``size`` quanh mỗi điểm (mép ảnh tính trên
    phần nằm trong ảnh). Mẫu số không nhỏ hơn trung bình của chính nó
    trên ảnh, để vùng phẳng không bị khuếch đại nhiễu.
    Nguồn: Jarrett và cộng sự (2009), ở đây thay trọng số Gauss bằng
    trọng số đều.
    """

    def __init__(self, size: int = 7, eps: float = 1e-4):
        super().__init__()
        self.size, self.eps = size, eps

    def around(self, x):
        return F.avg_pool2d(
            x,
            self.size,
            stride=1,
            padding=self.size // 2,
            count_include_pad=False,
        )

    def forward(self, x):
        v = x - self.around(x)
        spread = (self.around(v**2) + self.eps).sqrt()
        floor = spread.mean((2, 3), keepdim=True)
        return v / torch.maximum(spread, floor)


POOLS = {
    "max": lambda: nn.MaxPool2d(2),
    "average": lambda: nn.AvgPool2d(2),
    "none": nn.Identity,
}


def small_cnn(
    size: int = 14, *, num_classes: int = 10, maps=(8, 16), **parts
):
    """Các chặng lọc – phi tuyến – gộp, rồi một tầng tuyến tính.

    Vào (n, 1, size, size), ra (n, num_classes). ``maps``: số feature
    map của từng chặng. ``parts``: các đối số của ``stage``, tháo hoặc
    thay một khâu ở mọi chặng.
    """
    layers, x = [], torch.zeros(1, 1, size, size)
    for width in maps:
        block = stage(x.shape[1], width, x.shape[-1], **parts)
        layers += block
        with torch.no_grad():
            x = block(x)
    return nn.Sequential(
        *layers, nn.Flatten(), nn.Linear(x[0].numel(), num_classes)
    )


def stage(
    c_in: int,
    c_out: int,
    size: int,
    *,
    share: bool = True,
    learn: bool = True,
    nonlinear: bool = True,
    pool: str = "max",
):
    """Một chặng: bộ lọc 3 × 3, ReLU, gộp 2 × 2.

    ``share=False``: mỗi vị trí một bộ lọc riêng; ``learn=False``: giữ
    nguyên bộ lọc ngẫu nhiên; ``nonlinear=False``: bỏ ReLU; ``pool``:
    "max", "average" hoặc "none".
    Lỗi: ``ValueError`` nếu không biết ``pool``.
    """
    if pool not in POOLS:
        raise ValueError(
            f"stage: pool={pool!r}; chọn một trong {list(POOLS)}"
        )
    grid = LocalGrid(
        c_in, c_out, 3, size, share=share, own_bias=not share, gain=2.0
    )
    grid.requires_grad_(learn)
    relu = nn.ReLU() if nonlinear else nn.Identity()
    return nn.Sequential(grid, relu, POOLS[pool]())
