"""Chi phí của quyết định: bỏ sót đắt hơn báo động nhầm bao nhiêu.

Quyết định có hai: gọi (coi là lớp 1) khi xác suất của lớp 1 đạt tới
ngưỡng, hay cho qua. ``miss`` là giá một lần cho qua mẫu lớp 1,
``alarm`` là giá một lần gọi mẫu lớp 0; quyết định đúng thì không mất
gì.
Nhà: du-an/bang.
"""

import torch

from hocsau.metrics.ranking import roc_curve


def decision_threshold(*, miss: float, alarm: float) -> float:
    """Ngưỡng rẻ nhất, alarm / (alarm + miss), khi xác suất nói đúng.

    Gọi một mẫu có xác suất p tốn trung bình alarm·(1 − p), cho qua tốn
    miss·p. Lỗi: ``ValueError`` nếu giá không dương.
    Nguồn: Elkan (2001).
    """
    if not (miss > 0 and alarm > 0):
        raise ValueError(
            f"miss = {miss}, alarm = {alarm}; hai giá phải dương"
        )
    return alarm / (alarm + miss)


def case_costs(
    probs, y, *, threshold: float, miss: float, alarm: float
) -> torch.Tensor:
    """Giá phải trả cho từng mẫu, (n,), khi gọi mẫu có p ≥ ngưỡng.

    ``probs``: (n,) xác suất của lớp 1; ``y``: (n,) gồm 0 và 1.
    Lỗi: ``ValueError`` nếu hai bên lệch nhau hay p ngoài [0, 1].
    """
    probs, y = pair(probs, y)
    called = probs >= threshold
    missed, alarmed = y & ~called, ~y & called
    return miss * missed.double() + alarm * alarmed.double()


def cost_curve(probs, y, *, miss: float, alarm: float):
    """Giá trung bình mỗi mẫu ở mọi ngưỡng: hai tensor (m,).

    Ngưỡng giảm dần, từ vô cùng (không gọi ai) tới xác suất nhỏ nhất
    (gọi tất cả). Đọc từ đường ROC: (miss·P·(1 − TPR) + alarm·N·FPR)/n
    với P mẫu lớp 1 và N mẫu lớp 0. Lỗi: ``ValueError`` nếu thiếu lớp.
    """
    probs, y = pair(probs, y)
    fpr, tpr, thresholds = roc_curve(probs, y)
    share = y.double().mean()  # P / n
    missed, alarmed = share * (1 - tpr), (1 - share) * fpr
    return thresholds, miss * missed + alarm * alarmed


def best_threshold(probs, y, *, miss: float, alarm: float) -> float:
    """Ngưỡng rẻ nhất trên đúng các mẫu này; hòa thì lấy ngưỡng thấp.

    Nằm giữa hai xác suất liền nhau; vô cùng nếu không gọi ai là rẻ
    nhất. Giá đo lại trên chính các mẫu đã dùng để chọn thường thấp hơn
    sự thật.
    """
    levels, costs = cost_curve(probs, y, miss=miss, alarm=alarm)
    at = (costs <= costs.min() + 1e-12).nonzero().max()
    below = torch.cat([levels[1:], levels.new_zeros(1)])
    return ((levels[at] + below[at]) / 2).item()


def pair(probs, y):
    """Xác suất (n,) float64 và nhãn (n,) đúng sai, sau khi soát."""
    probs = torch.as_tensor(probs).reshape(-1).double()
    y = torch.as_tensor(y).reshape(-1)
    if len(probs) != len(y) or not len(y):
        raise ValueError(
            f"{len(probs)} xác suất cho {len(y)} nhãn; cần bằng nhau, "
            "ít nhất 1"
        )
    if not ((probs >= 0) & (probs <= 1)).all():
        raise ValueError(
            "xác suất phải trong [0, 1], không nan; logit thì đưa qua "
            "sigmoid trước"
        )
    if not ((y == 0) | (y == 1)).all():
        raise ValueError("nhãn phải là 0 hoặc 1; lớp 1 là lớp cần gọi")
    return probs, y.bool()
