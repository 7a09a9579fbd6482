"""Đường ROC và diện tích dưới nó: chất lượng không phụ thuộc ngưỡng.

Nhà: nyu/02-3.
"""

import torch


def roc_curve(scores: torch.Tensor, y: torch.Tensor):
    """Đường ROC khi hạ dần ngưỡng trên ``scores``.

    ``scores``: (n,) điểm càng lớn càng giống lớp 1; ``y``: (n,) gồm 0
    và 1. Trả về ``fpr``, ``tpr``, ``thresholds``, mỗi cái (m,), bắt đầu
    từ (0, 0) với ngưỡng vô cùng; các mẫu đồng điểm vào cùng một lúc.
    Lỗi: ``ValueError`` nếu hai bên lệch nhau, có điểm nan, hoặc y
    không gồm đúng hai lớp 0 và 1.
    """
    scores, y = scores.reshape(-1).double(), y.reshape(-1).double()
    if len(scores) != len(y):
        raise ValueError(
            f"roc_curve: {len(scores)} điểm cho {len(y)} nhãn; cần "
            "bằng nhau: một cột điểm, ví dụ output[:, 1]"
        )
    if scores.isnan().any():
        raise ValueError("roc_curve: điểm có nan; kiểm tra X và lr")
    if y.unique().tolist() != [0, 1]:
        raise ValueError(
            f"roc_curve: y gồm {y.unique().tolist()}; cần cả lớp 0 và "
            "lớp 1, không gì khác"
        )
    order = scores.argsort(descending=True, stable=True)
    scores, y = scores[order], y[order]
    last = torch.ones(len(y), dtype=torch.bool)
    last[:-1] = scores[1:] != scores[:-1]  # mẫu cuối của mỗi mức điểm
    hits, all_ = y.cumsum(0)[last], torch.arange(1, len(y) + 1)[last]
    zero = torch.zeros(1, dtype=torch.float64)
    tpr = torch.cat([zero, hits / y.sum()])
    fpr = torch.cat([zero, (all_ - hits) / (1 - y).sum()])
    top = torch.full((1,), float("inf"), dtype=torch.float64)
    return fpr, tpr, torch.cat([top, scores[last]])


def auc(scores, y) -> float:
    """Diện tích dưới đường ROC (quy tắc hình thang).

    Cũng là xác suất một mẫu lớp 1 có điểm cao hơn một mẫu lớp 0, hòa
    tính nửa. Nguồn: Hanley và McNeil (1982).
    """
    fpr, tpr, _ = roc_curve(scores, y)
    return torch.trapezoid(tpr, fpr).item()
