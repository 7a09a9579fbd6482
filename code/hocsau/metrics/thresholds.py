"""Precision và recall khi dời ngưỡng, và khi lớp dương hiếm dần.

Nhà: nm/05.
"""

import torch

from hocsau.metrics.ranking import roc_curve


def precision_recall(scores, y):
    """Precision và recall ở mọi ngưỡng, hạ dần theo ``scores``.

    ``scores``: (n,) điểm càng lớn càng giống lớp 1; ``y``: (n,) gồm 0
    và 1. Trả về ``precision``, ``recall``, ``thresholds``, mỗi cái
    (m,): đoán dương khi điểm ≥ ngưỡng.
    Lỗi: ``ValueError`` như ``roc_curve``.
    """
    fpr, tpr, thresholds = (t[1:] for t in roc_curve(scores, y))
    pos = (y.reshape(-1) == 1).sum()
    tp, fp = tpr * pos, fpr * (len(y) - pos)
    return tp / (tp + fp), tpr, thresholds


def at_threshold(scores, y, threshold: float):
    """(precision, recall) khi đoán dương nếu điểm ≥ ``threshold``.

    Không đoán mẫu nào dương thì precision là nan.
    """
    guess, y = scores.reshape(-1) >= threshold, y.reshape(-1) == 1
    hit = (guess & y).sum()
    pair = torch.stack([hit / guess.sum(), hit / y.sum()])
    return tuple(pair.tolist())


def rare_precision(tpr, fpr, prevalence):
    """Precision khi lớp dương chiếm ``prevalence``: luật Bayes.

    π·TPR / (π·TPR + (1 − π)·FPR), với giả thiết TPR (recall) và FPR
    không đổi khi tỷ lệ lớp đổi.
    """
    hit = prevalence * tpr
    return hit / (hit + (1 - prevalence) * fpr)
