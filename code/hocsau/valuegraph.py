"""Đồ thị tính toán có ghi số: giá trị đi lên, gradient đi xuống.

Mỗi nút là một hộp hai dòng: dòng trên là giá trị, dòng dưới (sau ∂) là
đạo hàm của kết quả cuối theo nút ấy. Dây có trọng số ghi như hộp.
Nhà: nm/02.
"""

from matplotlib.patches import FancyBboxPatch

from hocsau.plot.look import COLORS

BOX = {"boxstyle": "round,pad=0.02,rounding_size=0.08", "zorder": 3}


def symbol(name: str) -> str:
    """Chữ toán của tên: ``w12`` ra $w_{12}$, ``loss`` ra l cong."""
    if name == "loss":
        return r"$\ell$"
    letter = name.rstrip("0123456789")
    index = name[len(letter) :]
    return f"${letter}_{{{index}}}$" if index else f"${letter}$"


def draw(ax, places, wires, values, grads=None, *, digits=3, width=1.5):
    """Vẽ đồ thị lên ``ax`` và trả về ``ax``.

    ``places``: tên nút → (x, y); ``wires``: các bộ (nút đầu, nút cuối)
    hoặc (nút đầu, nút cuối, tên trọng số, t) với t trong [0, 1] là chỗ
    đặt chữ tính từ nút đầu. ``values``, ``grads``: tên → số; tên không
    có trong ``grads`` thì bỏ dòng dưới.
    Lỗi: ``KeyError`` nếu thiếu chỗ của một nút hay giá trị của một tên.
    """
    grads = grads or {}
    for start, end, *weight in wires:
        wire(ax, places[start], places[end])
        if weight:
            name, t = weight
            (x0, y0), (x1, y1) = places[start], places[end]
            at = x0 + t * (x1 - x0), y0 + t * (y1 - y0)
            lines(ax, *at, name, values, grads, digits, back="white")
    for name, (x, y) in places.items():
        corner = x - width / 2, y - 0.3
        face = "#eef4fa" if name in grads or not grads else "#f0f0f0"
        ax.add_patch(
            FancyBboxPatch(
                corner, width, 0.6, fc=face, ec="#555555", **BOX
            )
        )
        lines(ax, x, y, name, values, grads, digits)
    xs, ys = zip(*places.values(), strict=True)
    ax.set(xlim=(min(xs) - width / 2 - 0.1, max(xs) + width / 2 + 0.1))
    ax.set(ylim=(min(ys) - 0.45, max(ys) + 0.45))
    ax.axis("off")
    return ax


def wire(ax, start, end):
    """Mũi tên từ hộp ``start`` lên hộp ``end``, mép tới mép."""
    up = (
        0.33 if end[1] > start[1] else -0.33 if end[1] < start[1] else 0
    )
    look = {"arrowstyle": "-|>", "color": "#888888", "lw": 1}
    ax.annotate(
        "",
        (end[0], end[1] - up),
        (start[0], start[1] + up),
        arrowprops={**look, "shrinkA": 0, "shrinkB": 0},
    )


def lines(ax, x, y, name, values, grads, digits, *, back=None):
    """Hai dòng chữ tại (x, y): giá trị màu lam, gradient màu cam."""
    look = {"ha": "center", "fontsize": 11, "zorder": 5}
    if back:
        look["bbox"] = {"fc": back, "ec": "none", "pad": 0.6}
    two = name in grads
    ax.text(
        x,
        y + (0.02 if two else 0),
        f"{symbol(name)} = {values[name]:.{digits}g}".replace("-", "−"),
        va="bottom" if two else "center",
        color=COLORS[0],
        **look,
    )
    if two:
        ax.text(
            x,
            y - 0.02,
            f"∂ {grads[name]:+.{digits}f}".replace("-", "−"),
            va="top",
            color=COLORS[1],
            **look,
        )
