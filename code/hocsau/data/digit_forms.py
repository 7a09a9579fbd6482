"""Chữ số 8 × 8 theo tờ mẫu: ảnh nào do cùng một người viết.

Bộ dữ liệu không ghi tên người viết. Nhưng ai cũng chép cùng một tờ mẫu
130 chữ số, và các ảnh giữ nguyên thứ tự trên tờ, nên dãy nhãn lặp lại
từ đầu mỗi khi sang tờ mới.
Nhà: du-an/anh.
"""

import re
from typing import NamedTuple

import torch

HEAD = "0123456789012345678901234567"  # 28 chữ số đầu của tờ mẫu
ANCHOR = "890955650989"  # đoạn kế tiếp, tờ nào cũng còn nguyên


class Forms(NamedTuple):
    """Ảnh (n, 1, 8, 8), nhãn (n,) và số tờ của từng ảnh (n,)."""

    X: torch.Tensor
    y: torch.Tensor
    form: torch.Tensor


def starts(y) -> list[int]:
    """Vị trí ảnh đầu của mỗi tờ, từ dãy nhãn ``y``: (n,).

    Tìm ``ANCHOR``, rồi lùi qua phần đầu tờ; chữ số nào của phần đầu bị
    mất thì bỏ qua. Tờ nào mất quá tám chữ số đầu thì ranh giới có thể
    lệch một hai ảnh.
    Lỗi: ``ValueError`` nếu dãy không bắt đầu bằng một tờ mẫu.
    """
    text = "".join(str(int(k)) for k in y)
    found = []
    for mark in re.finditer(ANCHOR, text):
        i = mark.start()
        for digit in reversed(HEAD):
            if i and text[i - 1] == digit:
                i -= 1
        found.append(i)
    if not found or found[0]:
        raise ValueError(
            "starts: y không bắt đầu bằng tờ mẫu; cần nhãn theo thứ tự "
            "gốc của load_digits, chưa xáo"
        )
    return found


def load() -> Forms:
    """1 797 ảnh theo thứ tự gốc, mười bốn tờ, giá trị trong [0, 1].

    Nguồn: như ``hocsau.data.digits.load``.
    """
    from sklearn.datasets import load_digits

    raw = load_digits()
    X = torch.tensor(raw.images, dtype=torch.float32)[:, None] / 16
    y = torch.tensor(raw.target, dtype=torch.int64)
    first = torch.zeros(len(y), dtype=torch.int64)
    first[starts(y)] = 1
    return Forms(X, y, first.cumsum(0) - 1)
