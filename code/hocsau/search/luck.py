"""May rủi khi chọn cái tốt nhất trong nhiều lần thử.

Điểm cao nhất trong n lần thử vừa là kết quả của công sức, vừa là phần
thưởng của may mắn; các hàm ở đây tính phần nào là phần nào.
Nhà: nm/10.
"""

import math

import numpy as np


def hit_chance(share: float, n):
    """Xác suất có ít nhất một trong ``n`` điểm rơi vào vùng tốt.

    ``share``: vùng ấy chiếm bao nhiêu phần không gian; các điểm rút độc
    lập. 1 − (1 − share)ⁿ.
    """
    return 1 - (1 - share) ** np.asarray(n)


def trials_needed(share: float, chance: float) -> int:
    """Số lần thử ít nhất để ``hit_chance`` đạt ``chance``."""
    return math.ceil(math.log(1 - chance) / math.log(1 - share))


def best_of_equals(p: float, m: int, K: int) -> float:
    """Kỳ vọng điểm cao nhất của ``K`` mô hình giỏi như nhau.

    Mỗi mô hình đúng với xác suất ``p`` trên từng mẫu của một tập ``m``
    mẫu, độc lập: E[max]/m với E[max] = Σ_{j≥1} (1 − F(j − 1)ᴷ), F là
    hàm phân phối nhị thức.
    """
    from scipy.stats import binom

    below = binom.cdf(np.arange(m), m, p)  # F(0), …, F(m − 1)
    return float((1 - below**K).sum() / m)


def expected_best(values, n: int) -> float:
    """Trung bình giá trị lớn nhất của ``n`` kết quả lấy trong ``values``.

    Lấy không lặp, mọi tập con n phần tử như nhau; ước lượng này không
    chệch với mọi n ≤ N. Tìm giá trị nhỏ nhất thì đổi dấu hai lần.
    Nguồn: Tang và cộng sự (2020). Lỗi: ``ValueError`` nếu n ngoài 1..N.
    """
    v = np.sort(np.asarray(values, dtype=float))
    N = len(v)
    if not 1 <= n <= N:
        raise ValueError(f"expected_best: n = {n}, cần từ 1 đến {N}")
    weight = [
        math.comb(i - 1, n - 1) / math.comb(N, n)
        for i in range(1, N + 1)
    ]
    return float(v @ np.array(weight))
