"""Giá của lượt xuôi và lượt ngược, đếm bằng phép nhân.

Chỉ đếm phép nhân trong các phép nhân ma trận: phần còn lại (hàm kích
hoạt, bias) tỷ lệ với số nút chứ không với số trọng số.
Nhà: nm/02.
"""

from itertools import pairwise


def forward_cost(sizes, n: int) -> int:
    """Lượt xuôi: n Σ d_{l−1} d_l. ``sizes``: (d_0, …, d_L)."""
    return n * sum(a * b for a, b in pairwise(sizes))


def backward_cost(sizes, n: int) -> int:
    """Lượt ngược: mỗi tầng hai phép nhân, tầng đầu một.

    Tầng nào cũng cần gradient theo trọng số; gradient theo đầu vào thì
    tầng đầu không cần, vì dữ liệu không phải thứ để sửa.
    """
    return 2 * forward_cost(sizes, n) - n * sizes[0] * sizes[1]


def num_params(sizes) -> int:
    """Số tham số, kể cả bias."""
    return sum(a * b + b for a, b in pairwise(sizes))


def nudging_cost(sizes, n: int, *, central: bool = True) -> int:
    """Nhích từng tham số: 2m lượt xuôi, sai phân tiến thì m + 1."""
    m = num_params(sizes)
    return (2 * m if central else m + 1) * forward_cost(sizes, n)
