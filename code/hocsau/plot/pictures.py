"""Xếp nhiều ảnh nhỏ thành một tờ, có thể đóng khung vài ảnh.

Nhà: mit/lab2-2.
"""

import numpy as np

FRAME = (0.84, 0.37, 0.0)  # màu khung, màu cam của bảng Okabe-Ito


def sheet(ax, X, *, cols: int, framed=None, gap: int = 2):
    """Vẽ ``X``: (n, 3, s, s) trong [0, 1] thành lưới ``cols`` cột.

    ``framed``: (n,) đúng sai, ảnh nào được viền màu. ``gap``: số điểm
    ảnh giữa hai ảnh, cũng là bề dày của khung.
    """
    X = np.asarray(X, dtype=float).transpose(0, 2, 3, 1)
    n, s = len(X), X.shape[1]
    rows, step = -(-n // cols), s + gap
    page = np.ones((rows * step + gap, cols * step + gap, 3))
    for i, image in enumerate(X):
        top, left = i // cols * step, i % cols * step
        if framed is not None and framed[i]:
            page[top : top + s + 2 * gap, left : left + s + 2 * gap] = (
                FRAME
            )
        page[top + gap : top + step, left + gap : left + step] = image
    ax.imshow(page.clip(0, 1), interpolation="nearest")
    ax.axis("off")
    return ax
