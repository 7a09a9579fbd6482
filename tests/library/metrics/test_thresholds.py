"""Precision and recall over thresholds."""

import math

import pytest
import torch
from sklearn.metrics import precision_recall_curve

from hocsau.metrics import at_threshold, precision_recall, rare_precision


def case():
    rng = torch.Generator().manual_seed(0)
    y = (torch.rand(80, generator=rng) < 0.3).long()
    scores = torch.randn(80, generator=rng).mul(2).round() / 2 + y  # ties
    return scores, y


def test_curve_agrees_with_sklearn():
    scores, y = case()
    precision, recall, thresholds = precision_recall(scores, y)
    p, r, t = precision_recall_curve(y.numpy(), scores.numpy())
    assert thresholds.flip(0).tolist() == t.tolist()
    assert precision.flip(0).tolist() == pytest.approx(p[:-1].tolist())
    assert recall.flip(0).tolist() == pytest.approx(r[:-1].tolist())


def test_one_threshold_is_a_point_of_the_curve():
    scores, y = case()
    columns = [c.tolist() for c in precision_recall(scores, y)]
    for p, r, t in zip(*columns, strict=True):
        assert at_threshold(scores, y, t) == pytest.approx((p, r))
    p, r = at_threshold(scores, y, scores.max() + 1)
    assert math.isnan(p) and r == 0


def test_rarer_positives_lower_precision_as_counting_says():
    tp, fn, fp, tn = 90, 10, 5, 95
    tpr, fpr = tp / (tp + fn), fp / (fp + tn)
    assert rare_precision(tpr, fpr, 0.5) == pytest.approx(tp / (tp + fp))
    few = [rare_precision(tpr, fpr, p) for p in (0.5, 0.1, 0.01)]
    assert few == sorted(few, reverse=True)
    assert few[2] == pytest.approx(90 / (90 + 5 * 99))
