"""Tô thuộc tính thành ảnh: mỗi nét là một mặt nạ mềm trên lưới.

Các hình cùng loại được tô song song; không vòng lặp từng ảnh.
Nhà: mit/lab2-2.
"""

import torch

LIGHT = torch.tensor([0.96, 0.82, 0.70])  # màu ở tone = 0
DARK = torch.tensor([0.30, 0.19, 0.13])  # màu ở tone = 1
CHUNK = 1000  # số hình tô một lượt, để bộ nhớ không phình


def draw(traits, size: int, *, rng) -> torch.Tensor:
    """Tô ``traits``: (n, 3, size, size) float32 trong [0, 1]."""
    X = torch.empty(len(traits), 3, size, size)
    for kind in traits.kind.unique().tolist():
        rows = (traits.kind == kind).nonzero()[:, 0]
        for pick in rows.split(CHUNK):
            X[pick] = Canvas(traits[pick], size).paint(kind)
    noise = torch.randn(X.shape, generator=rng)
    return X.add_(noise, alpha=0.02).clamp_(0, 1)


def column(v):
    """(n,) thành (n, 1, 1), để nhân với lưới (n, s, s)."""
    return v[:, None, None]


class Canvas:
    """Một lượt tô n hình cùng loại: lưới đã xoay và ảnh đang tô dở.

    ``x``, ``y``: (n, s, s), tọa độ trong khung của đầu: gốc ở giữa
    mặt, y hướng xuống cằm. ``X``: (n, 3, s, s).
    """

    def __init__(self, traits, size: int):
        self.t, n = traits, len(traits)
        grid = (torch.arange(size) + 0.5) / size * 2 - 1
        u = grid[None, None, :] - column(traits.center[:, 0])
        v = grid[None, :, None] - column(traits.center[:, 1])
        c = column(traits.angle.cos() / traits.scale)
        s = column(traits.angle.sin() / traits.scale)
        self.x, self.y = c * u + s * v, c * v - s * u
        self.pixel = column(traits.scale) * size / 2  # điểm ảnh / 1
        ground = traits.ground[:, :, None, None]
        self.X = ground.expand(n, 3, size, size).clone()
        self.skin = LIGHT + traits.tone[:, None] * (DARK - LIGHT)
        self.black = torch.full_like(self.skin, 0.05)

    def ellipse(self, cx, cy, a, b):
        """Mặt nạ elip tâm (cx, cy), bán trục a, b; mép mềm một điểm."""
        r = ((self.x - cx) / a).square_()
        r = r.add_(((self.y - cy) / b).square_()).sqrt_()
        edge = min(a, b) * self.pixel
        return r.neg_().add_(1).mul_(edge).add_(0.5).clamp_(0, 1)

    def box(self, cx, cy, a, b):
        """Mặt nạ chữ nhật tâm (cx, cy), nửa cạnh a, b."""
        d = torch.maximum(
            (self.x - cx).abs_() - a, (self.y - cy).abs_() - b
        )
        return d.mul_(-self.pixel).add_(0.5).clamp_(0, 1)

    def lay(self, mask, color, when=None):
        """Đặt một lớp màu (n, 3), chỉ lên hình có ``when``: (n,)."""
        if when is not None:
            mask = mask * column(when.float())
        self.X.lerp_(color[:, :, None, None], mask[:, None])

    def paint(self, kind: int) -> torch.Tensor:
        """Tô loại ``kind``: −1 là mặt, còn lại theo ``faces.KINDS``."""
        if kind in (-1, 1, 2):
            self.head()
        if kind in (-1, 2):
            self.eyes(-0.08 if kind < 0 else 0.3)
        if kind in (-1, 1, 2):
            self.nose_and_mouth(-0.3 if kind == 2 else 0.45)
        elif kind == 0:
            self.animal()
        elif kind == 3:
            self.thing()
        elif kind == 4:
            self.stripes()
        return self.X * self.t.light[:, None, None, None]

    def head(self):
        """Tóc dài, đầu, rồi tóc mái."""
        hair = self.t.hair
        back = self.ellipse(0, -0.05, 0.78, 0.95)
        self.lay(back, self.t.ink, hair == 2)
        self.lay(self.ellipse(0, 0, 0.62, 0.82), self.skin)
        cap = self.ellipse(0, -0.05, 0.66, 0.9)
        cap = (cap - self.ellipse(0, 0.35, 0.75, 0.85)).clamp_(0, 1)
        self.lay(cap, self.t.ink, hair > 0)

    def eyes(self, at: float):
        """Hai mắt mở hay nhắm ở độ cao ``at``, và gọng kính."""
        t, white = self.t, torch.full_like(self.skin, 0.95)
        wide = t.closed == 0
        for side in (-0.26, 0.26):
            self.lay(self.ellipse(side, at, 0.15, 0.1), white, wide)
            pupil = self.ellipse(side, at, 0.07, 0.09)
            self.lay(pupil, self.black, wide)
            lid = self.box(side, at, 0.14, 0.025)
            self.lay(lid, self.black, ~wide)
            rim = self.ellipse(side, at, 0.24, 0.2)
            rim = rim - self.ellipse(side, at, 0.19, 0.15)
            self.lay(rim.clamp_(0, 1), t.ink * 0.5, t.glasses == 1)

    def nose_and_mouth(self, mouth: float):
        """Mũi, rồi miệng ở độ cao ``mouth``."""
        lips = self.skin * torch.tensor([0.8, 0.4, 0.4])
        self.lay(self.ellipse(0, 0.18, 0.06, 0.12), self.skin * 0.8)
        self.lay(self.ellipse(0, mouth, 0.24, 0.08), lips)

    def animal(self):
        """Tai nhọn, đầu tròn, mõm, hai mắt một màu."""
        for side in (-0.45, 0.45):
            self.lay(self.ellipse(side, -0.6, 0.2, 0.38), self.skin)
        self.lay(self.ellipse(0, 0, 0.72, 0.66), self.skin)
        self.lay(self.ellipse(0, 0.3, 0.36, 0.28), self.skin * 0.7)
        self.lay(self.ellipse(0, 0.16, 0.12, 0.08), self.black)
        for side in (-0.3, 0.3):
            self.lay(self.ellipse(side, -0.15, 0.09, 0.09), self.black)

    def thing(self):
        """Hộp cùng tông màu, hai vạch ngang."""
        self.lay(self.box(0, 0, 0.6, 0.75), self.skin)
        for cy in (-0.35, 0.3):
            self.lay(self.box(0, cy, 0.6, 0.1), self.t.ink)

    def stripes(self):
        """Vân sọc phủ kín hình."""
        wave = 0.5 + 0.5 * torch.sin(9 * self.x + 3 * self.y)
        self.lay(torch.ones_like(wave), self.skin)
        self.lay(wave, self.t.ink)
