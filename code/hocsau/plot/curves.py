"""Đường cong của nhiều lần chạy, điểm đầu và điểm tối ưu."""

import numpy as np

from hocsau.plot.look import COLORS, LINES, MARKERS


def band(
    ax, x, runs, *, label=None, index: int = 0, marker: bool = False
):
    """Vẽ trung vị của nhiều lần chạy và dải nhỏ nhất – lớn nhất.

    ``x``: (t,); ``runs``: (s, t), mỗi hàng là một seed.
    """
    runs = np.asarray(runs, dtype=float)
    color = COLORS[index % len(COLORS)]
    ax.plot(
        x,
        np.median(runs, axis=0),
        color=color,
        linestyle=LINES[index % len(LINES)],
        marker=MARKERS[index % len(MARKERS)] if marker else None,
        label=label,
    )
    ax.fill_between(
        x,
        runs.min(axis=0),
        runs.max(axis=0),
        color=color,
        alpha=0.18,
        lw=0,
    )
    return ax


def start(ax, x, y):
    """Đánh dấu điểm xuất phát bằng chấm đen."""
    ax.plot([x], [y], "o", color="black", ms=7, zorder=5)
    return ax


def optimum(ax, x, y):
    """Đánh dấu điểm tối ưu bằng ngôi sao."""
    ax.plot([x], [y], "*", color="black", ms=12, zorder=5)
    return ax
