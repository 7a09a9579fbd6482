"""Intervals for an accuracy, paired comparison, temperature."""

import math

import pytest
import torch
from scipy import optimize, stats

from hocsau import metrics


@pytest.mark.parametrize(
    ("hits", "n"), [(0, 7), (7, 7), (345, 359), (1, 2), (9610, 10000)]
)
@pytest.mark.parametrize("level", [0.9, 0.95])
def test_wilson_agrees_with_scipy(hits, n, level):
    want = stats.binomtest(hits, n).proportion_ci(level, method="wilson")
    assert metrics.wilson(hits, n, level=level) == pytest.approx(tuple(want), abs=1e-9)


def test_wilson_refuses_impossible_counts():
    for hits, n in ((-1, 3), (4, 3), (0, 0)):
        with pytest.raises(ValueError, match="wilson"):
            metrics.wilson(hits, n)


def test_wald_is_empty_at_one_and_wilson_is_not():
    assert metrics.wald(30, 30) == (1, 1)
    low, high = metrics.wilson(30, 30)
    assert low < 0.9 and high == 1


@pytest.mark.parametrize(
    ("b", "c"), [(0, 0), (1, 0), (3, 10), (10, 3), (7, 7), (0, 12)]
)
def test_mcnemar_is_the_exact_binomial_test(b, c):
    first = torch.tensor([1] * b + [0] * c + [1, 0] * 4).bool()
    second = torch.tensor([0] * b + [1] * c + [1, 0] * 4).bool()
    want = stats.binomtest(b, b + c).pvalue if b + c else 1.0
    assert metrics.mcnemar(first, second) == pytest.approx(want)


def test_mcnemar_needs_the_same_samples():
    with pytest.raises(ValueError, match="cùng các mẫu"):
        metrics.mcnemar(torch.ones(3), torch.ones(4))


def test_bootstrap_is_near_the_normal_interval_and_repeats():
    values = torch.randn(400, generator=torch.Generator().manual_seed(0)) + 2
    ends = [
        metrics.bootstrap(values, rng=torch.Generator().manual_seed(1))
        for _ in range(2)
    ]
    assert ends[0] == ends[1]
    half = 1.96 * values.std().item() / math.sqrt(400)
    low, high = ends[0]
    assert low == pytest.approx(values.mean().item() - half, abs=0.02)
    assert high == pytest.approx(values.mean().item() + half, abs=0.02)


def cases(true_temperature, n=4000):
    rng = torch.Generator().manual_seed(0)
    logits = 2 * torch.randn(n, 5, generator=rng, dtype=torch.float64)
    y = torch.multinomial((logits / true_temperature).softmax(1), 1, generator=rng)[
        :, 0
    ]
    return logits, y


@pytest.mark.parametrize("truth", [0.5, 1.0, 3.0])
def test_the_true_temperature_is_found(truth):
    assert metrics.fit_temperature(*cases(truth)) == pytest.approx(truth, rel=0.1)


def test_it_is_the_minimum_of_the_validation_loss():
    logits, y = cases(2.0, 500)

    def loss(t):
        return torch.nn.functional.cross_entropy(logits / t, y).item()

    want = optimize.minimize_scalar(
        loss, bounds=(0.1, 10), method="bounded", options={"xatol": 1e-9}
    ).x
    assert metrics.fit_temperature(logits, y) == pytest.approx(want, rel=1e-4)


def test_perfect_predictions_stop_at_the_end():
    logits, y = torch.eye(3), torch.arange(3)
    assert metrics.fit_temperature(logits, y) == pytest.approx(0.05)
    assert metrics.fit_temperature(-logits, y) == pytest.approx(20)


@pytest.mark.parametrize(
    ("logits", "y", "words"),
    [
        (torch.eye(3), torch.tensor([0, 1, 7]), "nhãn 7, nhưng output có 3 lớp"),
        (torch.eye(3), torch.tensor([0, 1, -1]), "nhãn -1"),
        (torch.eye(3), torch.arange(2), "3 mẫu, y có 2"),
        (torch.eye(3) * math.nan, torch.arange(3), "logits có nan"),
        (torch.eye(3) * math.inf, torch.arange(3), "logits có nan hay vô cùng"),
        (torch.zeros(3), torch.arange(3), r"logits có kích thước \(3,\).*\(n, k\)"),
        (torch.zeros(3, 1), torch.tensor([0, 1, 0]), r"\(3, 1\).*hai cột"),
    ],
)
def test_a_temperature_of_bad_input_is_refused(logits, y, words):
    with pytest.raises(ValueError, match=words):
        metrics.fit_temperature(logits, y)


def test_labels_of_any_whole_kind_and_shape_give_the_same_temperature():
    logits, y = cases(2.0, 100)
    want = metrics.fit_temperature(logits, y)
    assert metrics.fit_temperature(logits, y[:, None].double()) == want
