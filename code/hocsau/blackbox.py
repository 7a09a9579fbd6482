"""Đoán gradient khi chỉ được hỏi giá trị: thử rồi so.

[two_point] thử hai phía trên một hướng ngẫu nhiên; [score_terms]
tung nhiễu vào tham số rồi nhân nhiễu với điểm, như REINFORCE.
Nhà: nyu/02-1.
"""

import numpy as np


def two_point(f, w, *, rng, h=1e-4):
    """Gradient đoán từ hai lần hỏi ``f`` dọc một hướng ``u ~ N(0, I)``.

    ``g = (f(w + h·u) − f(w − h·u)) / 2h · u``: (d,). Khi ``h → 0``,
    kỳ vọng của nó là gradient thật. Nguồn: Nesterov và Spokoiny (2017).
    """
    u = rng.normal(size=np.shape(w))
    return (f(w + h * u) - f(w - h * u)) / (2 * h) * u


def score_terms(f, w, *, sigma, num_trials, rng, baseline=True):
    """Mỗi lần thử một ước lượng của ``∇E[f(w + σε)]``, ``ε ~ N(0, I)``.

    Lần i góp ``(f(w + σεᵢ) − b) εᵢ / σ``; ``f`` nhận (m, d), trả về
    (m,), không cần khả vi. ``b`` là điểm trung bình của các lần khác
    (0 nếu ``baseline=False``). Trả về (num_trials, d).
    Nguồn: Williams (1992), nút Gauss; Salimans và cộng sự (2017).
    """
    eps = rng.normal(size=(num_trials, len(w)))
    scores = np.asarray(f(w + sigma * eps), dtype=float)  # (m,)
    if baseline:
        others = (scores.sum() - scores) / (num_trials - 1)
        scores = scores - others
    return scores[:, None] * eps / sigma
