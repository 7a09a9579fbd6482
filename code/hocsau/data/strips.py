"""Dải chữ số và cửa sổ huấn luyện, sinh từ chữ số 8 × 8.

Nhà: nyu/03-2.
"""

import torch
from torch.nn import functional as F

NOTHING = 10  # nhãn của lớp từ chối


def enlarge(X, side: int):
    """Phóng ảnh bằng nội suy song tuyến: (n, 1, h, w) → cạnh ``side``."""
    return F.interpolate(
        X, size=(side, side), mode="bilinear", align_corners=False
    )


def paste(canvas, digit, row: int, col: int):
    """Chồng ``digit`` lên ``canvas`` (lấy số lớn hơn), cắt phần thừa.

    ``canvas``: (h, w), sửa tại chỗ; (row, col): góc trên trái, có thể
    nằm ngoài khung.
    """
    (h, w), (dh, dw) = canvas.shape, digit.shape
    top, left = max(row, 0), max(col, 0)
    bottom, right = min(row + dh, h), min(col + dw, w)
    if top < bottom and left < right:
        part = digit[top - row : bottom - row, left - col : right - col]
        view = canvas[top:bottom, left:right]
        view.copy_(torch.maximum(view, part))
    return canvas


def whole(low: int, high: int, rng) -> int:
    """Một số nguyên đều trong [low, high]."""
    return int(torch.randint(low, high + 1, (), generator=rng))


def resized(image, side: int, spread: int, rng):
    """Phóng một chữ số (1, h, w) về cạnh ngẫu nhiên quanh ``side``."""
    side = side + whole(-spread, spread, rng)
    return enlarge(image[None], side)[0, 0]  # (side, side)


def scattered(
    X, *, canvas: int, side: int, shift: int, rng, spread: int = 1
):
    """Đặt mỗi ảnh vào khung, cỡ và vị trí ngẫu nhiên quanh tâm.

    ``X``: (n, 1, h, w); cỡ ``side`` ± ``spread``, lệch tối đa ``shift``
    mỗi chiều (điểm ảnh). Trả về (n, 1, canvas, canvas).
    """
    out = torch.zeros(len(X), 1, canvas, canvas)
    for i, image in enumerate(X):
        glyph = resized(image, side, spread, rng)
        mid = (canvas - glyph.shape[0]) // 2
        row = mid + whole(-shift, shift, rng)
        paste(out[i, 0], glyph, row, mid + whole(-shift, shift, rng))
    return out


def uneven_light(X, *, rng):
    """Chụp lại ảnh dưới ánh sáng không đều, mỗi ảnh một kiểu.

    Nhân độ tương phản trong [0.3, 1], cộng độ sáng nền trong [0, 0.5]
    và hai dốc sáng ngang, dọc có biên độ tới 0.5.
    """
    n, _, h, w = X.shape

    def draw(low, high):
        unit = torch.rand(n, 1, 1, 1, generator=rng)
        return low + (high - low) * unit

    slope = draw(-0.5, 0.5) * torch.linspace(-1, 1, h)[:, None]
    slope = slope + draw(-0.5, 0.5) * torch.linspace(-1, 1, w)
    return draw(0.3, 1) * X + slope + draw(0, 0.5)


def training_windows(
    X, y, n: int, *, canvas: int, rng, nothing: float = 0.35, **look
):
    """Sinh ``n`` cửa sổ cạnh ``canvas`` kèm nhãn 0–9 hoặc 10.

    Với xác suất ``nothing`` giữa cửa sổ không có chữ. ``look``: ``side``,
    ``shift``, ``spread`` của ``draw_window``. ``X``: (m, 1, h, w),
    ``y``: (m,). Trả về (n, 1, canvas, canvas) và (n,).
    """
    out = torch.zeros(n, 1, canvas, canvas)
    labels = torch.empty(n, dtype=torch.long)
    for i in range(n):
        pick = torch.randint(len(X), (3,), generator=rng)
        empty = float(torch.rand((), generator=rng)) < nothing
        labels[i] = NOTHING if empty else y[pick[0]]
        draw_window(out[i, 0], X[pick], empty, rng=rng, **look)
    return out, labels


def draw_window(
    canvas, X, empty: bool, *, side: int, shift: int, rng, spread=2
):
    """Vẽ một cửa sổ: chữ ở giữa (trừ khi ``empty``), chữ ở hai bên.

    Chữ ở giữa lệch tối đa ``shift`` điểm ảnh mỗi chiều, cỡ ``side`` ±
    ``spread``. Mỗi bên có chữ với xác suất một nửa; khi ``empty``, chữ
    bên được lấn vào nhưng tâm vẫn cách tâm cửa sổ ít nhất
    ``shift + side // 4``. ``X``: (3, 1, h, w) giữa, trái, phải.
    """
    glyphs = [resized(image, side, spread, rng) for image in X]
    mid = [(len(canvas) - len(g)) // 2 for g in glyphs]
    rows = [m + whole(-shift, shift, rng) for m in mid]
    offset = whole(-shift, shift, rng)
    if not empty:
        paste(canvas, glyphs[0], rows[0], mid[0] + offset)
    for k, sign in ((1, -1), (2, 1)):
        if whole(0, 1, rng):
            low = shift + side // 4 if empty else side - 2
            far = whole(low, side + side // 2, rng)
            far += 0 if empty else max(0, sign * offset)
            paste(canvas, glyphs[k], rows[k], mid[k] + sign * far)


def digit_strip(
    X,
    y,
    *,
    width: int,
    canvas: int,
    side: int,
    count: int,
    rng,
    spread: int = 2,
    gap=(1, 6),
):
    """Một dải (1, 1, canvas, width) gồm ``count`` chữ số đặt ngẫu nhiên.

    Các chữ cách nhau ``gap`` điểm ảnh (đều trong khoảng ấy). Trả về dải,
    danh sách nhãn và cột tâm từng chữ.
    Lỗi: ``ValueError`` nếu dải quá ngắn.
    """
    strip = torch.zeros(1, 1, canvas, width)
    col, labels, centres = whole(canvas // 4, canvas // 3, rng), [], []
    for _ in range(count):
        k = whole(0, len(X) - 1, rng)
        glyph = resized(X[k], side, spread, rng)
        size = glyph.shape[0]
        if col + size > width:
            raise ValueError(
                f"digit_strip: width={width} quá ngắn cho count={count} chữ; tăng width"
            )
        row = (canvas - size) // 2 + whole(-1, 1, rng)
        paste(strip[0, 0], glyph, row, col)
        labels.append(int(y[k]))
        centres.append(col + size / 2)
        col += size + whole(*gap, rng)
    return strip, labels, centres
