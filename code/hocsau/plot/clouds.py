"""Đám mây điểm, mũi tên, vùng quyết định trên mặt phẳng."""

import matplotlib as mpl
import matplotlib.ticker
import numpy as np

from hocsau.plot.look import COLORS, MARKERS


def points(
    ax,
    X,
    y=None,
    *,
    size: float = 14,
    names=None,
    rasterized: bool = False,
):
    """Chấm các điểm hai chiều, mỗi lớp một màu và một dấu.

    ``X``: (n, 2); ``y``: (n,) nhãn nguyên hoặc ``None``; ``names``: tên
    từng lớp cho chú giải; ``rasterized=True`` khi có hàng nghìn điểm
    (tệp SVG nhẹ hẳn).
    """
    X = np.asarray(X)
    labels = (
        np.zeros(len(X), dtype=int)
        if y is None
        else np.asarray(y).astype(int)
    )
    for i, c in enumerate(np.unique(labels)):
        pick = labels == c
        ax.scatter(
            X[pick, 0],
            X[pick, 1],
            s=size,
            color=COLORS[i % len(COLORS)],
            marker=MARKERS[i % len(MARKERS)],
            linewidths=0,
            alpha=0.85,
            label=None if names is None else names[i],
            rasterized=rasterized,
        )
    return ax


def position_colors(X):
    """Màu theo vị trí: hướng cho sắc độ, càng xa gốc càng đậm.

    Tô đám mây trước khi biến đổi rồi giữ nguyên màu: nhìn màu là biết
    mỗi điểm từ đâu tới. ``X``: (n, 2); trả về (n, 3) giá trị RGB trong
    [0, 1].
    """
    X = np.asarray(X, dtype=float)
    r = np.hypot(X[:, 0], X[:, 1])
    hue = np.arctan2(X[:, 1], X[:, 0]) / (2 * np.pi) % 1.0
    sat = 0.35 + 0.65 * r / max(r.max(), 1e-12)
    return mpl.colors.hsv_to_rgb(
        np.stack([hue, sat, 0.82 * np.ones_like(r)], axis=1)
    )


def cloud(ax, X, colors, *, size: float = 9):
    """Chấm một đám mây điểm, mỗi điểm mang màu riêng.

    ``X``: (n, 2); ``colors``: (n, 3), thường từ ``position_colors``.
    """
    X = np.asarray(X)
    ax.scatter(
        X[:, 0],
        X[:, 1],
        s=size,
        c=colors,
        linewidths=0,
        rasterized=True,
    )
    return ax


def lines(ax, L, *, color: str = "#888888", width: float = 0.8):
    """Vẽ nhiều đường gấp khúc cùng màu, ví dụ lưới đã biến đổi.

    ``L``: (m, p, 2): m đường, mỗi đường p điểm.
    """
    kit = mpl.collections.LineCollection(
        np.asarray(L), colors=color, linewidths=width
    )
    ax.add_collection(kit)
    ax.autoscale_view()
    return ax


def arrows(ax, V, *, names=None, color: str | None = None):
    """Vẽ các vector hàng của ``V`` thành mũi tên từ gốc tọa độ.

    ``V``: (k, 2); ``names``: k chữ ghi ở đầu mũi tên; ``color``: một
    màu chung, bỏ trống thì mỗi mũi tên một màu của bảng màu.
    """
    for i, (x, y) in enumerate(np.asarray(V, dtype=float)):
        look = {"color": color or COLORS[i % len(COLORS)]}
        look |= {"lw": 2, "shrinkA": 0, "shrinkB": 0}
        ax.annotate(
            "", (x, y), (0, 0), arrowprops={"arrowstyle": "-|>", **look}
        )
        if names is not None:
            ax.annotate(
                names[i],
                (x, y),
                xytext=(4, 4),
                textcoords="offset points",
            )
    return ax


def square(ax, lim: float, *, title: str | None = None):
    """Hai trục cùng tỷ lệ, từ ``-lim`` đến ``lim``, kèm tiêu đề."""
    ticks = mpl.ticker.MaxNLocator(4).tick_values(-lim, lim)
    ticks = ticks[abs(ticks) <= lim]
    ax.set(xlim=(-lim, lim), ylim=(-lim, lim), aspect="equal")
    ax.set(xticks=ticks, yticks=ticks)
    if title is not None:
        ax.set_title(title, fontsize=11.5)
    return ax


def regions(ax, predict, xlim, ylim, *, steps: int = 200):
    """Tô vùng quyết định của ``predict`` trên lưới đều.

    ``steps``: số điểm lưới mỗi cạnh.

    ``predict`` nhận (m, 2), trả về (m,) nhãn nguyên.
    """
    gx, gy = np.meshgrid(
        np.linspace(*xlim, steps), np.linspace(*ylim, steps)
    )
    grid = np.stack([gx.ravel(), gy.ravel()], axis=1)  # (steps², 2)
    z = np.asarray(predict(grid)).reshape(gx.shape)
    k = int(z.max()) + 1
    colors = [COLORS[i % len(COLORS)] for i in range(k)]
    # Tô từng ô, không nội suy: giữa vùng 0 và vùng 2 không có vệt 1.
    ax.pcolormesh(
        gx,
        gy,
        z,
        cmap=mpl.colors.ListedColormap(colors),
        vmin=-0.5,
        vmax=k - 0.5,
        alpha=0.22,
        shading="nearest",
        rasterized=True,
    )
    ax.set(xlim=xlim, ylim=ylim)
    return ax
