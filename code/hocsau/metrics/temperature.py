"""Hiệu chuẩn bằng nhiệt độ: một số T chia mọi logit.

Nhà: mit/lab2-1.
"""

import math

from torch.nn import functional as F

from hocsau.metrics.classification import labels


def fit_temperature(
    logits, y, *, low: float = 0.05, high: float = 20.0
) -> float:
    """Nhiệt độ T > 0 làm nhỏ nhất entropy chéo của ``logits / T``.

    Dùng tập kiểm định, không dùng tập huấn luyện hay kiểm tra.
    ``logits``: (n, k); ``y``: (n,). Entropy chéo là hàm lồi của 1/T,
    nên chia đôi theo dấu đạo hàm trên [1/high, 1/low] là tới đáy; đáy
    nằm ngoài thì trả về đầu mút. Thứ hạng các lớp không đổi, độ chính
    xác cũng vậy. Nguồn: Guo và cộng sự (2017).
    Lỗi: ``ValueError`` nếu logit hay nhãn không dùng được.
    """
    logits, y = usable(logits, y)
    picked = logits.gather(1, y[:, None])[:, 0]

    def slope(beta: float) -> float:
        mean = (F.softmax(beta * logits, dim=1) * logits).sum(1)
        return (mean - picked).mean().item()

    a, b = 1 / high, 1 / low
    for _ in range(60):
        middle = math.sqrt(a * b)
        a, b = (a, middle) if slope(middle) > 0 else (middle, b)
    return 1 / math.sqrt(a * b)


def usable(logits, y):
    """Logit (n, k) float64 hữu hạn và nhãn (n,) int64, sau khi soát."""
    if logits.dim() != 2 or logits.shape[1] < 2:
        raise ValueError(
            f"fit_temperature: logits có kích thước "
            f"{tuple(logits.shape)}, cần (n, k); một logit mỗi mẫu thì "
            "ghép hai cột: torch.stack([0 * z, z], 1)"
        )
    if not logits.isfinite().all():
        raise ValueError(
            "fit_temperature: logits có nan hay vô cùng; kiểm tra X, "
            "hoặc giảm lr"
        )
    return logits.detach().double(), labels(logits, y)
