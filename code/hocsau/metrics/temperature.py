"""Hiệu chuẩn bằng nhiệt độ: một số T chia mọi logit.

Nhà: mit/lab2-1.
"""

import math

from torch.nn import functional as F


def fit_temperature(
    logits, y, *, low: float = 0.05, high: float = 20.0
) -> float:
    """Nhiệt độ T > 0 làm nhỏ nhất entropy chéo của ``logits / T``.

    Dùng tập kiểm định, không dùng tập huấn luyện hay kiểm tra.
    ``logits``: (n, k); ``y``: (n,). Entropy chéo là hàm lồi của 1/T,
    nên chia đôi theo dấu đạo hàm trên [1/high, 1/low] là tới đáy; đáy
    nằm ngoài thì trả về đầu mút. Thứ hạng các lớp không đổi, độ chính
    xác cũng vậy. Nguồn: Guo và cộng sự (2017).
    """
    logits, y = logits.detach().double(), y.reshape(-1)
    picked = logits.gather(1, y[:, None])[:, 0]

    def slope(beta: float) -> float:
        mean = (F.softmax(beta * logits, dim=1) * logits).sum(1)
        return (mean - picked).mean().item()

    a, b = 1 / high, 1 / low
    for _ in range(60):
        middle = math.sqrt(a * b)
        a, b = (a, middle) if slope(middle) > 0 else (middle, b)
    return 1 / math.sqrt(a * b)
