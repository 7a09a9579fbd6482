"""Vẽ mạng kết nối đầy đủ, từ dưới lên."""

from itertools import pairwise

import numpy as np

from hocsau.plot.look import COLORS


def network(ax, sizes, *, names=None, most: int = 7):
    """Vẽ mạng: đầu vào ở dưới cùng, mỗi tầng một hàng nút ở trên nó.

    ``sizes``: số nút từng tầng kể cả đầu vào; tầng dài hơn ``most`` nút
    chỉ vẽ ``most`` nút và ghi số thật bên cạnh. ``names``: chữ ghi bên
    trái từng tầng.
    Lỗi: ``ValueError`` nếu số tên khác số tầng.
    """
    names = [""] * len(sizes) if names is None else list(names)
    if len(names) != len(sizes):
        raise ValueError(
            f"network: {len(names)} tên cho {len(sizes)} tầng; "
            "cần mỗi tầng một tên"
        )
    rows = [np.arange(min(n, most)) for n in sizes]
    rows = [row - row.mean() for row in rows]
    for level, (low, high) in enumerate(pairwise(rows)):
        for a in low:
            x = np.stack([np.full_like(high, a), high])
            y = np.stack([0 * high + level, 0 * high + level + 1])
            ax.plot(x, y, "-", color="#999999", lw=0.6, zorder=1)
    half = max(len(row) for row in rows) / 2
    labels = zip(rows, sizes, names, strict=True)
    for level, (row, size, name) in enumerate(labels):
        color = COLORS[0 if level in (0, len(sizes) - 1) else 1]
        ax.scatter(row, 0 * row + level, s=90, color=color, zorder=2)
        ax.text(-half, level, name, ha="right", va="center")
        ax.text(half, level, f"{size} nút", va="center")
    ax.set(xlim=(-half - 0.6, half + 0.9))
    ax.set(ylim=(-0.4, len(sizes) - 0.6))
    ax.axis("off")
    return ax
