"""Luật broadcasting viết tay, lượt ngược của nó, và hình vẽ các ô lặp.

[stretch] ghép kích thước, [fold_back] cộng gradient về kích thước cũ,
[draw] vẽ hai toán hạng cùng các ô chỉ có trong tưởng tượng.
Nhà: nm/04.
"""

from matplotlib.patches import Rectangle

from hocsau.plot.look import COLORS

SIGNS = {
    "+": lambda a, b: a + b,
    "−": lambda a, b: a - b,
    "×": lambda a, b: a * b,
}


def stretch(*shapes) -> tuple:
    """Kích thước của kết quả khi các kích thước này gặp nhau.

    Canh thẳng chiều cuối, thiếu chiều thì thêm 1 ở đầu; ở mỗi chiều,
    mọi số khác 1 phải bằng nhau. Lỗi: ``ValueError`` nêu chiều lệch.
    """
    most = max(map(len, shapes), default=0)
    padded = [(1,) * (most - len(s)) + tuple(s) for s in shapes]
    result = []
    for dim, sizes in enumerate(zip(*padded, strict=True)):
        wide = {n for n in sizes if n != 1}
        if len(wide) > 1:
            raise ValueError(f"chiều {dim - most}: {sizes} không khớp")
        result.append(wide.pop() if wide else 1)
    return tuple(result)


def fold_back(G, shape):
    """Gradient của toán hạng kích thước ``shape`` đã bị lặp: cộng lại.

    ``G`` có kích thước của kết quả; mỗi chiều được lặp thì cộng dọc
    chiều ấy. Cùng việc với ``G.sum_to_size(shape)``.
    """
    while G.ndim > len(shape):
        G = G.sum(0)
    for dim, size in enumerate(shape):
        if size == 1:
            G = G.sum(dim, keepdim=True)
    return G


def draw(ax, A, B, *, sign: str = "+"):
    """Vẽ A, B và kết quả thành lưới; ô nhạt viền đứt là ô lặp lại.

    ``A``, ``B``: tối đa hai chiều; ``sign``: một khóa của ``SIGNS``.
    Lỗi: ``ValueError`` nếu hai kích thước không ghép được hoặc kết quả
    quá hai chiều.
    """
    shape = stretch(A.shape, B.shape)
    if len(shape) > 2:
        raise ValueError(f"draw: kết quả {shape} quá hai chiều")
    rows, cols = (1, 1, *shape)[-2:]
    x = 0.0
    for T, color, after in (
        (A, COLORS[0], sign),
        (B, COLORS[1], "="),
        (SIGNS[sign](A, B), COLORS[2], ""),
    ):
        grid(ax, x, T, rows, cols, color)
        mark(ax, x + cols / 2, -rows - 0.45, str(tuple(T.shape)))
        mark(ax, x + cols + 0.6, -rows / 2, after)
        x += cols + 1.2
    ax.set(xlim=(-0.1, x - 1.1), ylim=(-rows - 0.9, 0.1))
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def grid(ax, x, T, rows, cols, color):
    """Lưới rows × cols của ``T`` đã kéo giãn, góc trên trái (x, 0)."""
    height, width = (1, 1, *T.shape)[-2:]
    wide = T.expand(rows, cols)
    for r in range(rows):
        for c in range(cols):
            real = r < height and c < width
            look = {"fc": color, "ec": color, "ls": "-"}
            if not real:
                look = {"fc": "none", "ec": "#999999", "ls": ":"}
            cell = Rectangle((x + c, -r - 1), 1, 1, lw=1, **look)
            cell.set_alpha(0.35 if real else 1)
            ax.add_patch(cell)
            text = f"{wide[r, c].item():g}".replace("-", "−")
            ink = "black" if real else "#888888"
            mark(ax, x + c + 0.5, -r - 0.52, text, color=ink)


def mark(ax, x, y, text, color="black"):
    """Chữ ở giữa (x, y)."""
    ax.text(x, y, text, ha="center", va="center", color=color)
