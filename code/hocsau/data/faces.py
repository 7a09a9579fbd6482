"""Hình vẽ khuôn mặt có thuộc tính biết trước, và hình không phải mặt.

Nhóm ở đây là thuộc tính của hình vẽ, không phải của người: tông màu,
độ nghiêng, mắt mở hay nhắm. [sample_faces] và [sample_objects] rút
thuộc tính theo một bảng tỷ lệ, nên thiên kiến của dữ liệu do người gọi
quyết định; ``hocsau.data.sketch`` tô chúng thành ảnh.
Nhà: mit/lab2-2.
"""

from dataclasses import dataclass, fields

import torch

from hocsau.data import sketch

#: Bốn nhóm chính: tông màu × tư thế, theo thứ tự 2·dark + tilted.
GROUPS = ("sáng, thẳng", "sáng, nghiêng", "tối, thẳng", "tối, nghiêng")
BALANCED = (0.25, 0.25, 0.25, 0.25)
SKEWED = (0.96, 0.02, 0.015, 0.005)
#: Các loại hình không phải mặt.
KINDS = ("con vật", "không mắt", "xếp sai chỗ", "đồ vật", "vân sọc")


@dataclass
class Traits:
    """Thuộc tính của n hình; mọi trường đều có n hàng.

    ``kind``: −1 là mặt, 0..4 theo ``KINDS``; ``dark``, ``tilted``,
    ``closed``, ``glasses``: 0 hay 1; ``tone`` trong [0, 1], ``angle``
    (radian), ``hair``: 0 không có, 1 ngắn, 2 dài; các trường còn lại
    là vị trí, cỡ, màu.
    """

    kind: torch.Tensor
    dark: torch.Tensor
    tilted: torch.Tensor
    closed: torch.Tensor
    glasses: torch.Tensor
    hair: torch.Tensor
    tone: torch.Tensor
    angle: torch.Tensor
    center: torch.Tensor  # (n, 2)
    scale: torch.Tensor
    light: torch.Tensor
    ink: torch.Tensor  # (n, 3) màu tóc, vạch, vân
    ground: torch.Tensor  # (n, 3) màu nền

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def group(self) -> torch.Tensor:
        """Nhóm 0..3 theo thứ tự của ``GROUPS``: (n,) int64."""
        return 2 * self.dark + self.tilted

    @property
    def label(self) -> torch.Tensor:
        """1 là mặt, 0 là không: (n,) float32."""
        return (self.kind < 0).float()

    def __getitem__(self, pick) -> "Traits":
        return Traits(
            *(getattr(self, f.name)[pick] for f in fields(self))
        )

    def draw(self, size: int, *, rng) -> torch.Tensor:
        """Tô thành ảnh (n, 3, size, size) float32 trong [0, 1]."""
        return sketch.draw(self, size, rng=rng)


def join(*parts: Traits) -> Traits:
    """Nối nhiều bảng thuộc tính thành một."""
    return Traits(
        *(
            torch.cat([getattr(p, f.name) for p in parts])
            for f in fields(Traits)
        )
    )


def sample(
    n: int, mix, *, closed: float, glasses: float, rng
) -> Traits:
    """Rút thuộc tính chung cho mặt và cho hình khác; ``kind`` = −1.

    ``mix``: bốn tỷ lệ của ``GROUPS``, tổng 1. ``closed``, ``glasses``:
    tỷ lệ hình nhắm mắt, đeo kính, độc lập với nhóm.
    Lỗi: ``ValueError`` nếu ``mix`` không phải bốn tỷ lệ có tổng 1.
    """
    mix = torch.as_tensor(mix, dtype=torch.float64)
    if mix.shape != (4,) or mix.min() < 0 or abs(mix.sum() - 1) > 1e-6:
        raise ValueError(
            f"mix = {mix.tolist()}; cần bốn tỷ lệ không âm, tổng bằng 1"
        )

    def uniform(*shape):
        return torch.rand(n, *shape, generator=rng)

    group = torch.multinomial(mix, n, replacement=True, generator=rng)
    dark, tilted = group // 2, group % 2
    lean = 0.12 * (2 * uniform() - 1)
    side = torch.where(uniform() < 0.5, -1.0, 1.0)
    return Traits(
        kind=torch.full((n,), -1),
        dark=dark,
        tilted=tilted,
        closed=(uniform() < closed).long(),
        glasses=(uniform() < glasses).long(),
        hair=torch.randint(3, (n,), generator=rng),
        tone=0.3 * uniform() + 0.7 * dark,
        angle=torch.where(tilted == 1, side * (0.6 + lean), lean),
        center=0.1 * (2 * uniform(2) - 1),
        scale=0.8 + 0.2 * uniform(),
        light=0.8 + 0.3 * uniform(),
        ink=0.05 + 0.55 * uniform(3),
        ground=0.15 + 0.7 * uniform(1) + 0.12 * uniform(3),
    )


def sample_faces(
    n: int, *, mix=SKEWED, closed=0.005, glasses=0.2, rng
) -> Traits:
    """``n`` khuôn mặt; ``mix`` là tỷ lệ bốn nhóm trong ``GROUPS``."""
    return sample(n, mix, closed=closed, glasses=glasses, rng=rng)


def sample_objects(n: int, *, mix=BALANCED, rng) -> Traits:
    """``n`` hình không phải mặt, năm loại đều nhau, đủ mọi tông màu."""
    t = sample(n, mix, closed=0.0, glasses=0.2, rng=rng)
    t.kind = torch.randint(len(KINDS), (n,), generator=rng)
    return t
