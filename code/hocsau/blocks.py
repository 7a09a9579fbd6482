"""Sơ đồ khối: biến quan sát, biến tính ra, mô-đun, nút chi phí.

Ký pháp của bài giảng NYU: vòng tròn tô xám là biến quan sát được, vòng
trắng là biến tính ra; mô-đun có một đầu tròn chỉ chiều dễ tính; hình
vuông là chi phí, luôn ra một số.
Nhà: nyu/02-1.
"""

from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path

EDGE = {"edgecolor": "black", "linewidth": 1.3}


def canvas(ax, width, height):
    """Chuẩn bị trục 0..width, 0..height, cùng tỷ lệ, ẩn khung."""
    ax.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    ax.axis("off")
    return ax


def variable(ax, x, y, text, *, observed=False, radius=0.32):
    """Biến: vòng tròn, tô xám nếu quan sát được."""
    color = "#d0d0d0" if observed else "white"
    ax.add_patch(
        Circle((x, y), radius, facecolor=color, zorder=3, **EDGE)
    )
    return _label(ax, x, y, text)


def module(ax, x, y, text, *, width=1.1, height=0.8, turn=1):
    """Mô-đun tất định; đầu tròn bên phải (``turn=1``) hay trái (−1)."""
    a, b, r = width / 2, height / 2, 0.45 * height
    corners = [
        (-a, -b),
        (a - r, -b),
        (a, -b),
        (a, 0),
        (a, b),
        (a - r, b),
    ]
    outline = [*corners, (-a, b), (-a, -b)]
    points = [(x + turn * u, y + v) for u, v in outline]
    M, L, C, Z = Path.MOVETO, Path.LINETO, Path.CURVE3, Path.CLOSEPOLY
    shape = Path(points, [M, L, C, C, C, C, L, Z])
    ax.add_patch(
        PathPatch(shape, facecolor="#cfe3f2", zorder=3, **EDGE)
    )
    return _label(ax, x, y, text)


def cost(ax, x, y, text, *, side=0.7):
    """Nút chi phí: hình vuông, đầu ra ngầm là một số."""
    corner = (x - side / 2, y - side / 2)
    box = Rectangle(
        corner, side, side, facecolor="#f6d9c6", zorder=3, **EDGE
    )
    ax.add_patch(box)
    return _label(ax, x, y, text)


def arrow(
    ax, start, end, *, text="", color="black", above=True, dashed=False
):
    """Mũi tên từ ``start`` đến ``end``, chữ ghi cạnh giữa mũi tên."""
    look = {"arrowstyle": "-|>", "color": color, "lw": 1.5}
    look["linestyle"] = "--" if dashed else "-"
    ax.annotate(
        "", end, start, arrowprops=look | {"shrinkA": 0, "shrinkB": 0}
    )
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    offset, side = (4, "bottom") if above else (-4, "top")
    ax.annotate(
        text,
        (x, y),
        xytext=(0, offset),
        textcoords="offset points",
        ha="center",
        va=side,
        color=color,
        fontsize=11,
    )
    return ax


def _label(ax, x, y, text):
    ax.text(x, y, text, ha="center", va="center", zorder=4, fontsize=12)
    return ax
