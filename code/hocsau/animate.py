"""Hoạt hình tự chứa cho trang tĩnh: đám mây điểm trôi qua nhiều khung.

Mọi thứ nằm trong một đoạn HTML: dữ liệu là số nguyên, vài dòng
JavaScript, hình tĩnh để in hay khi trình duyệt tắt JavaScript. Không
tải gì từ bên ngoài.
Nhà: nyu/01-3.
"""

import colorsys
import hashlib
import html
import json
from string import Template

import numpy as np

from hocsau.animate_page import PAGE
from hocsau.plot import COLORS

GRID = 1000  # mỗi tọa độ được làm tròn về một số nguyên trong 0..GRID
HUES = 12  # số màu dùng khi tô theo vị trí


def hue_groups(X):
    """Nhóm các điểm theo hướng nhìn từ gốc: (n, 2) → (n,) int."""
    X = np.asarray(X, dtype=float)
    turn = np.arctan2(X[:, 1], X[:, 0]) / (2 * np.pi) % 1.0
    return (turn * HUES).astype(int) % HUES


def palette(count: int, by_class: bool):
    """Bảng ``count`` màu: Okabe-Ito cho lớp, vòng sắc độ cho vị trí."""
    if by_class:
        return [COLORS[i % len(COLORS)] for i in range(count)]
    wheel = [
        colorsys.hsv_to_rgb(i / count, 0.9, 0.8) for i in range(count)
    ]
    return [
        "#" + "".join(f"{round(255 * c):02x}" for c in rgb)
        for rgb in wheel
    ]


def quantize(frames, lim: float):
    """Đổi tọa độ trong [−lim, lim] thành 0..GRID, trục tung hướng xuống.

    ``frames``: (k, n, 2); trả về (k, n, 2) int. Điểm ra ngoài bị giữ ở
    mép khung.
    """
    unit = (np.asarray(frames, dtype=float) / lim * [1, -1] + 1) / 2
    return np.clip(np.rint(unit * GRID), 0, GRID).astype(int)


def dots(points, groups, colors) -> str:
    """Mỗi điểm là một nét SVG dài bằng không, mỗi màu một ``path``.

    ``points``: (n, 2) int; ``groups``: (n,) int.
    """
    paths = []
    for g, color in enumerate(colors):
        d = "".join(f"M{x} {y}h0" for x, y in points[groups == g])
        paths.append(f'<path stroke="{color}" d="{d}"/>')
    return "".join(paths)


def page(frames, labels, groups, colors, alt: str) -> str:
    """Ghép đoạn HTML hoàn chỉnh từ các khung đã đổi thành số nguyên."""
    data = {
        "g": groups.tolist(),
        "l": labels,
        "f": [f.ravel().tolist() for f in frames],
    }
    packed = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    packed = packed.replace("</", "<\\/")
    ident = (
        "hs" + hashlib.sha256((packed + alt).encode()).hexdigest()[:10]
    )
    pick = {"first": 0, "last": -1}
    still = {
        k: dots(frames[i], groups, colors) for k, i in pick.items()
    }
    name = {
        f"{k}_label": html.escape(labels[i]) for k, i in pick.items()
    }
    moving = "".join(f'<path stroke="{c}"/>' for c in colors)
    slots = {
        "id": ident,
        "data": packed,
        "alt": html.escape(alt),
        "moving": moving,
    }
    return Template(PAGE).substitute(
        **slots, **still, **name, steps=100 * (len(frames) - 1)
    )


class Animation:
    """Kết quả của ``morph``: HTML trong notebook, một câu ở nơi khác."""

    def __init__(self, markup: str, text: str):
        self.markup, self.text = markup, text

    def _repr_html_(self) -> str:
        return self.markup

    def __repr__(self) -> str:
        return self.text


def morph(
    frames, labels, *, y=None, lim: float | None = None, alt: str = ""
):
    """Hoạt hình đưa đám mây qua các khung, giữa hai khung đi thẳng.

    ``frames``: k ≥ 2 mảng (n, 2), dòng i luôn là cùng một điểm;
    ``labels``: k tên khung; ``y``: (n,) nhãn lớp để tô màu, bỏ trống
    thì tô theo hướng ở khung đầu; ``lim``: nửa cạnh khung nhìn;
    ``alt``: lời tả cho người không thấy hình. Đặt ở cuối ô để hiện.

    Lỗi: ``ValueError`` nếu số khung khác số tên, hay có tọa độ không
    hữu hạn.
    """
    stack = np.stack(
        [np.asarray(f, dtype=float) for f in frames]
    )  # (k, n, 2)
    if len(stack) != len(labels) or len(stack) < 2:
        raise ValueError(
            f"morph: {len(stack)} khung, {len(labels)} tên; "
            "cần bằng nhau, ≥ 2"
        )
    if not np.isfinite(stack).all():
        raise ValueError("morph: có tọa độ nan hoặc vô cùng")
    lim = float(lim or 1.05 * max(np.abs(stack).max(), 1e-12))
    groups = (
        hue_groups(stack[0]) if y is None else np.asarray(y, dtype=int)
    )
    count = HUES if y is None else int(groups.max()) + 1
    labels = [str(name) for name in labels]
    text = f"Hoạt hình {stack.shape[1]} điểm: " + " → ".join(labels)
    whole = quantize(stack, lim)
    colors = palette(count, y is not None)
    return Animation(
        page(whole, labels, groups, colors, alt or text), text
    )
