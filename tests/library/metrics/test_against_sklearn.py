"""Classification, ranking and calibration measures against scikit-learn."""

import math

import numpy as np
import pytest
import torch
from sklearn import metrics as reference
from sklearn.calibration import calibration_curve

from hocsau import metrics


def sample(seed, n=200, k=3):
    rng = torch.Generator().manual_seed(seed)
    logits = torch.randn(n, k, generator=rng)
    y = torch.randint(k, (n,), generator=rng)
    return logits, y


@pytest.mark.parametrize("seed", range(3))
def test_counts_of_many_classes(seed):
    logits, y = sample(seed)
    guess = logits.argmax(1)
    C = metrics.confusion_matrix(logits, y)
    assert np.array_equal(C, reference.confusion_matrix(y, guess))
    assert metrics.accuracy(logits, y) == pytest.approx(
        reference.accuracy_score(y, guess)
    )
    for c in range(3):
        for ours, theirs in [
            (metrics.precision, reference.precision_score),
            (metrics.recall, reference.recall_score),
            (metrics.f1, reference.f1_score),
        ]:
            want = theirs(y == c, guess == c)
            assert ours(logits, y, positive=c) == pytest.approx(want)


@pytest.mark.parametrize("measure", [metrics.precision, metrics.recall, metrics.f1])
@pytest.mark.parametrize("positive", [3, 9, -1])
def test_a_class_that_is_not_there_is_refused(measure, positive):
    words = rf"positive = {positive}, .* 3 lớp.*từ 0 tới 2"
    with pytest.raises(ValueError, match=words):
        measure(*sample(0), positive=positive)
    with pytest.raises(ValueError, match="2 lớp"):
        measure(torch.tensor([1.0, -1.0]), torch.tensor([1, 0]), positive=2)


def test_nothing_found_is_not_a_number():
    none = torch.full((4,), -1.0)
    assert math.isnan(metrics.precision(none, torch.tensor([1, 0, 0, 1])))
    assert metrics.recall(none, torch.tensor([1, 0, 0, 1])) == 0
    assert math.isnan(metrics.recall(none, torch.zeros(4)))
    assert math.isnan(metrics.f1(none, torch.zeros(4)))


@pytest.mark.parametrize(
    ("output", "y", "words"),
    [
        (torch.zeros(3, 3), [0, 1, 3], "nhãn 3.*3 lớp.*0 tới 2"),
        (torch.zeros(3, 3), [0, -1, 2], "nhãn -1"),
        (torch.zeros(3), [-1.0, 1.0, 1.0], "nhãn -1.*0 tới 1"),
        (torch.zeros(3, 1), [0, 1, 2], "nhãn 2"),
        (torch.zeros(3), [0.5, 1.0, 1.0], "nhãn 0.5.*số nguyên"),
        (torch.zeros(3), [1.0, math.nan, 0.0], "nhãn nan"),
        (torch.zeros(2, 2), [[0, 1], [1, 0]], r"one-hot.*argmax"),
        (torch.zeros(0, 2), [], "ít nhất một"),
        (torch.tensor([[0.0, math.nan]]), [1], "nan.*giảm lr"),
    ],
)
@pytest.mark.parametrize("measure", ["accuracy", "confusion_matrix", "precision",
                                     "recall", "f1"])  # fmt: skip
def test_wrong_labels_are_named(measure, output, y, words):
    with pytest.raises(ValueError, match=words):
        getattr(metrics, measure)(output, torch.tensor(y))


@pytest.mark.parametrize(
    ("scores", "y", "words"),
    [
        ([0.0, 1.0], [0, 1, 1], "2 điểm cho 3 nhãn"),
        ([0.0, math.nan], [0, 1], "nan"),
        ([0.0, 1.0, 2.0], [0, 1, 2], r"\[0.0, 1.0, 2.0\]"),
        ([[0.0, 1.0], [1.0, 0.0]], [0, 1], r"output\[:, 1\]"),
    ],
)
def test_scores_and_labels_of_a_curve(scores, y, words):
    for measure in (metrics.roc_curve, metrics.auc):
        with pytest.raises(ValueError, match=words):
            measure(torch.tensor(scores), torch.tensor(y))


def test_confidence_that_is_no_probability():
    for p, correct in [([math.nan], [1]), ([1.5], [1]), ([0.5, 0.5], [1]), ([], [])]:
        with pytest.raises(ValueError, match="reliability"):
            metrics.calibration_error(torch.tensor(p), torch.tensor(correct))


def test_labels_out_of_range_and_empty_classes():
    logits, y = sample(0)
    with pytest.raises(ValueError, match="0 tới 1"):
        metrics.confusion_matrix(logits, y, num_classes=2)
    assert metrics.confusion_matrix(logits, y, num_classes=5).shape == (5, 5)


@pytest.mark.parametrize("ties", [False, True])
def test_roc_and_its_area(ties):
    rng = torch.Generator().manual_seed(1)
    scores = torch.randn(300, generator=rng)
    if ties:
        scores = (scores * 2).round()
    y = (scores + torch.randn(300, generator=rng) > 0).long()
    ours = metrics.roc_curve(scores, y)
    theirs = reference.roc_curve(y, scores, drop_intermediate=False)
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(a, b)
    assert metrics.auc(scores, y) == pytest.approx(reference.roc_auc_score(y, scores))


def test_area_is_the_chance_of_a_right_order():
    scores, y = torch.tensor([1.0, 2.0, 2.0, 3.0]), torch.tensor([0, 0, 1, 1])
    assert metrics.auc(scores, y) == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    with pytest.raises(ValueError, match="cả lớp"):
        metrics.auc(scores, torch.ones(4))


def test_reliability_against_sklearn_and_error_by_hand():
    rng = torch.Generator().manual_seed(2)
    p = torch.rand(500, generator=rng, dtype=torch.float64)
    y = torch.rand(500, generator=rng, dtype=torch.float64) < p**2
    said, got, count = metrics.reliability(p, y, bins=5)
    want_got, want_said = calibration_curve(y, p, n_bins=5)
    np.testing.assert_allclose(said, want_said)
    np.testing.assert_allclose(got, want_got)
    want = sum(abs(a - b) * n for a, b, n in zip(said, got, count, strict=True)) / 500
    assert metrics.calibration_error(p, y, bins=5) == pytest.approx(float(want))
    perfect = torch.tensor([1.0, 1.0, 0.0])
    assert metrics.calibration_error(perfect, perfect) == 0


def test_empty_bins_and_logits():
    said, got, count = metrics.reliability(torch.tensor([0.05]), torch.tensor([1]))
    assert count.tolist() == [1] + [0] * 9 and got[0] == 1 and math.isnan(said[1])
    with pytest.raises(ValueError, match="softmax"):
        metrics.reliability(torch.tensor([2.0]), torch.tensor([1]))
