"""Costs of decisions: the threshold from theory, and the one read from data."""

import math

import numpy as np
import pytest
import torch

from hocsau.metrics.costs import (
    best_threshold,
    case_costs,
    cost_curve,
    decision_threshold,
)

PRICES = {"miss": 10.0, "alarm": 1.0}


def sample(seed=0, n=300):
    """True probabilities and labels drawn from them."""
    rng = np.random.default_rng(seed)
    probs = rng.beta(0.6, 0.9, n)
    return probs, (rng.random(n) < probs).astype(int)


@pytest.mark.parametrize("miss", [0.3, 1.0, 10.0, 250.0])
def test_the_threshold_is_where_calling_becomes_cheaper(miss):
    t = decision_threshold(miss=miss, alarm=2.0)
    p = np.linspace(0, 1, 10001)
    calling_is_cheaper = 2.0 * (1 - p) < miss * p
    near = np.abs(p - t) < 1e-9
    assert np.array_equal((p >= t)[~near], calling_is_cheaper[~near])


def test_equal_prices_give_one_half():
    assert decision_threshold(miss=3, alarm=3) == 0.5


def test_costs_of_the_four_outcomes():
    costs = case_costs([0.9, 0.9, 0.1, 0.1], [1, 0, 1, 0], threshold=0.5, **PRICES)
    assert costs.tolist() == [0, 1, 10, 0]
    at = case_costs([0.5], [0], threshold=0.5, **PRICES)
    assert at.tolist() == [1]  # a probability at the threshold is called


@pytest.mark.parametrize("seed", range(4))
def test_the_curve_is_the_mean_cost_at_each_threshold(seed):
    probs, y = sample(seed)
    probs = probs.round(2)  # ties
    thresholds, costs = cost_curve(probs, y, **PRICES)
    assert thresholds[0] == math.inf and (thresholds.diff() < 0).all()
    direct = [case_costs(probs, y, threshold=t, **PRICES).mean() for t in thresholds]
    assert torch.allclose(costs, torch.stack(direct))
    assert costs[0].item() == pytest.approx(10 * y.mean())  # nobody is called
    assert costs[-1].item() == pytest.approx(1 - y.mean())  # everybody is


@pytest.mark.parametrize("seed", range(4))
def test_the_best_threshold_beats_every_other(seed):
    probs, y = sample(seed)
    best = best_threshold(probs, y, **PRICES)
    cost = case_costs(probs, y, threshold=best, **PRICES).mean()
    grid = [
        case_costs(probs, y, threshold=t, **PRICES).mean()
        for t in np.linspace(0, 1, 501)
    ]
    assert cost <= min(grid) + 1e-12
    assert np.abs(probs - best).min() > 0  # between two cases, not on one


def test_ties_are_broken_towards_fewer_misses():
    # One miss costs as much as one alarm: 0.5 and 0.2 are equally cheap.
    probs, y = [0.9, 0.6, 0.4, 0.1], [1, 0, 1, 0]
    assert best_threshold(probs, y, miss=1, alarm=1) == pytest.approx(0.25)


def test_theory_wins_on_many_new_cases_when_probabilities_are_true():
    probs, y = sample(1, 200_000)
    t = decision_threshold(**PRICES)
    cost = case_costs(probs, y, threshold=t, **PRICES).mean()
    for other in (0.02, 0.3, 0.5):
        assert cost < case_costs(probs, y, threshold=other, **PRICES).mean()
    assert abs(best_threshold(probs, y, **PRICES) - t) < 0.03


def test_a_threshold_chosen_and_scored_on_the_same_cases_is_flattered():
    chosen, fresh = [], []
    for seed in range(60):
        probs, y = sample(seed, 80)
        t = best_threshold(probs[:40], y[:40], **PRICES)
        for part, kept in ((slice(40), chosen), (slice(40, None), fresh)):
            kept.append(
                case_costs(probs[part], y[part], threshold=t, **PRICES).mean().item()
            )
    assert np.mean(chosen) < 0.9 * np.mean(fresh)


def test_calling_nobody_can_be_the_cheapest():
    probs, y = [0.9, 0.5, 0.2], [0, 0, 1]
    assert best_threshold(probs, y, miss=1, alarm=100) == math.inf


@pytest.mark.parametrize(
    ("probs", "y", "words"),
    [
        ([0.1, 0.2], [0], "2 xác suất cho 1 nhãn"),
        ([], [], "ít nhất 1"),
        ([-3.0, 0.2], [0, 1], "sigmoid"),
        ([math.nan, 0.2], [0, 1], "nan"),
        ([0.1, 0.2], [0, 2], "0 hoặc 1"),
    ],
)
def test_wrong_input_is_named(probs, y, words):
    with pytest.raises(ValueError, match=words):
        case_costs(probs, y, threshold=0.5, **PRICES)
    with pytest.raises(ValueError, match=words):
        cost_curve(probs, y, **PRICES)


@pytest.mark.parametrize("prices", [{"miss": 0, "alarm": 1}, {"miss": 1, "alarm": -1}])
def test_prices_are_positive(prices):
    with pytest.raises(ValueError, match="dương"):
        decision_threshold(**prices)
