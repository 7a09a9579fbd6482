"""Tích chập rời rạc viết tay: vòng lặp, ma trận Toeplitz, einsum.

Quy ước của học sâu: kernel không lật, y_i = Σ_j w_j x_{i+j}; toán học
gọi phép ấy là tương quan chéo.
Nhà: nyu/03-1.
"""

import torch
from torch.nn import functional as F


def output_size(
    n: int,
    k: int,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> int:
    """Số vị trí đặt được kernel: ⌊(n + 2p − d(k − 1) − 1)/s⌋ + 1.

    ``n``: độ dài đầu vào; ``k``: độ dài kernel; s, p, d là ``stride``,
    ``padding`` (mỗi đầu) và ``dilation``.
    Lỗi: ``ValueError`` nếu kernel dài hơn đầu vào đã đệm.
    """
    room = n + 2 * padding - dilation * (k - 1) - 1
    if room < 0:
        raise ValueError(
            f"output_size: kernel phủ {dilation * (k - 1) + 1} ô, đầu "
            f"vào chỉ có {n + 2 * padding}; tăng padding hoặc giảm k"
        )
    return room // stride + 1


def correlate1d(x, w, *, stride: int = 1, padding: int = 0):
    """Tương quan chéo một chiều bằng hai vòng lặp.

    y_i = Σ_j w_j x_{is+j}, với s là ``stride``.

    ``x``: (n,); ``w``: (k,); trả về (o,), o tính bởi ``output_size``.
    """
    x = F.pad(x, (padding, padding))
    y = x.new_zeros(output_size(len(x), len(w), stride=stride))
    for i in range(len(y)):
        for j in range(len(w)):
            y[i] += w[j] * x[i * stride + j]
    return y


def convolve1d(x, w):
    """Tích chập đúng nghĩa toán học, y_i = Σ_j w_j x_{i−j}, bản đầy đủ.

    ``x``: (n,); ``w``: (k,); ngoài biên coi như 0; trả về (n + k − 1,).
    """
    y = x.new_zeros(len(x) + len(w) - 1)
    for i in range(len(y)):
        for j in range(len(w)):
            if 0 <= i - j < len(x):
                y[i] += w[j] * x[i - j]
    return y


def toeplitz(w, n: int, *, stride: int = 1, padding: int = 0):
    """Ma trận T sao cho T x là ``correlate1d(x, w)``: (o, n).

    Hàng i chép ``w`` vào các cột i·stride − padding, …; phần thò ra
    ngoài bị bỏ vì nhân với số 0 của viền.
    """
    rows = output_size(n, len(w), stride=stride, padding=padding)
    T = w.new_zeros(rows, n + 2 * padding)
    for i in range(rows):
        T[i, i * stride : i * stride + len(w)] = w
    return T[:, padding : padding + n]


def correlate2d(x, w):
    """Tương quan chéo hai chiều, một kênh, bằng vòng lặp.

    ``x``: (h, w); ``w``: (a, b); trả về (h − a + 1, w − b + 1):
    ô (i, j) là Σ_kl w_kl x_{i+k, j+l}.
    """
    a, b = w.shape
    rows, cols = map(output_size, x.shape, w.shape)
    y = x.new_zeros(rows, cols)
    for i in range(rows):
        for j in range(cols):
            y[i, j] = (w * x[i : i + a, j : j + b]).sum()
    return y


def conv2d(X, W, b=None, *, stride: int = 1, padding: int = 0):
    """Tầng tích chập hai chiều bằng ``unfold`` và một phép ``einsum``.

    ``X``: (n, c, h, w); ``W``: (o, c, a, b); ``b``: (o,) hoặc ``None``;
    trả về (n, o, h', w'). Không chép dữ liệu: ``unfold`` chỉ đổi cách
    đọc bộ nhớ.
    Lỗi: ``ValueError`` nếu số kênh của ``X`` và ``W`` lệch nhau.
    """
    if X.shape[1] != W.shape[1]:
        raise ValueError(
            f"conv2d: X có {X.shape[1]} kênh, W chờ {W.shape[1]} kênh"
        )
    X = F.pad(X, (padding,) * 4)
    windows = X.unfold(2, W.shape[2], stride)
    windows = windows.unfold(3, W.shape[3], stride)  # (n,c,h',w',a,b)
    Y = torch.einsum("nchwab,ocab->nohw", windows, W)
    return Y if b is None else Y + b[:, None, None]
