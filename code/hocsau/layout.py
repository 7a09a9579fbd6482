"""Một tensor nằm trong bộ nhớ ra sao: vùng nhớ, ô bắt đầu, stride.

Vùng nhớ là một dãy số thẳng hàng; kích thước, ô bắt đầu và stride
nói cách đọc dãy ấy thành bảng. [positions] tính ô nhớ của từng phần tử,
[shares] hỏi hai tensor có chung vùng nhớ không, [draw] vẽ cả hai.
Nhà: nm/04.
"""

import torch
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from hocsau.plot.look import COLORS

MOST = 12  # số ô nhớ nhiều nhất còn vẽ được


def positions(T):
    """Ô nhớ của từng phần tử: ô bắt đầu cộng Σ chỉ số × stride.

    Trả về tensor int64 cùng kích thước với ``T``; ô đầu vùng nhớ là 0.
    """
    place = torch.tensor(T.storage_offset())
    for size, step in zip(T.shape, T.stride(), strict=True):
        place = place[..., None] + step * torch.arange(size)
    return place


def shares(A, B) -> bool:
    """Hai tensor có đọc cùng một vùng nhớ không (dù ở hai đoạn rời)."""
    a, b = A.untyped_storage(), B.untyped_storage()
    return a.data_ptr() == b.data_ptr() and a.nbytes() > 0


def memory(T):
    """Cả vùng nhớ của ``T``, đọc thành tensor một chiều (view)."""
    return torch.empty(0, dtype=T.dtype).set_(T.untyped_storage())


def tint(position: int):
    """Màu nhạt của một ô nhớ, để nhận ra nó ở trong bảng."""
    color = to_rgb(COLORS[position % 6])
    return tuple(1 - 0.45 * (1 - c) for c in color)


def draw(ax, T, *, title: str = ""):
    """Vẽ bảng (trên) và vùng nhớ của nó (dưới); cùng màu là cùng ô nhớ.

    ``T``: hai chiều. Ô nhớ không được đọc để trắng; mũi nhọn chỉ ô
    bắt đầu. Lỗi: ``ValueError`` nếu ``T`` không có hai chiều hoặc vùng
    nhớ dài quá ``MOST`` ô.
    """
    cells = memory(T.detach())
    if T.ndim != 2 or len(cells) > MOST:
        raise ValueError(
            f"draw: tensor {tuple(T.shape)} trên {len(cells)} ô nhớ; "
            f"chỉ vẽ bảng hai chiều, vùng nhớ tối đa {MOST} ô"
        )
    (rows, cols), place = T.shape, positions(T)
    left = (len(cells) - cols) / 2
    for r in range(rows):
        for c in range(cols):
            p = place[r, c].item()
            box(ax, left + c, -r, cells[p], tint(p))
    used = set(place.flatten().tolist())
    for p, value in enumerate(cells):
        color = tint(p) if p in used else "white"
        box(ax, p, -rows - 0.8, value, color)
    start = T.storage_offset() + 0.5
    ax.plot(start, -rows - 1.05, "k^", ms=6)
    ax.set(xlim=(-0.2, len(cells) + 0.2), ylim=(-rows - 1.4, 1.1))
    ax.set_aspect("equal")
    ax.axis("off")
    ax.set_title(title, fontsize=11)
    return ax


def box(ax, x, y, value, color):
    """Một ô vuông có số, góc dưới trái ở (x, y)."""
    ax.add_patch(Rectangle((x, y), 1, 1, fc=color, ec="#444444"))
    text = f"{value.item():g}"
    ax.text(x + 0.5, y + 0.47, text, ha="center", va="center")
