"""Classification with a reject option: coverage, risk, bounds, cost."""

import math

import pytest
import torch

from hocsau.metrics import selective

CONFIDENCE = torch.tensor([0.9, 0.5, 0.7, 0.7, 0.99], dtype=torch.float64)
CORRECT = torch.tensor([True, False, True, False, True])


def test_curve_lowers_the_threshold_and_takes_ties_together():
    coverage, risk, thresholds = selective.risk_coverage(CONFIDENCE, CORRECT)
    assert torch.allclose(thresholds, CONFIDENCE[[4, 0, 2, 1]])
    assert coverage.tolist() == pytest.approx([0.2, 0.4, 0.8, 1.0])
    assert risk.tolist() == pytest.approx([0, 0, 0.25, 0.4])


@pytest.mark.parametrize(("errors", "n"), [(0, 299), (1, 473), (2, 40), (7, 50)])
def test_upper_error_is_where_the_binomial_tail_reaches_the_level(errors, n):
    p = float(selective.upper_error(errors, n))
    tail = sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(errors + 1))
    assert tail == pytest.approx(0.05, rel=1e-6)


def test_rule_of_three_and_everything_wrong():
    assert float(selective.upper_error(0, 299)) < 0.01 < selective.upper_error(0, 298)
    assert float(selective.upper_error(0, 1000)) == pytest.approx(0.003, rel=0.01)
    assert float(selective.upper_error(5, 5)) == 1
    with pytest.raises(ValueError, match="errors"):
        selective.upper_error(6, 5)


def test_bound_holds_as_often_as_it_says():
    rng = torch.Generator().manual_seed(0)
    wrong = torch.rand(4000, 200, generator=rng) < 0.03
    bounds = selective.upper_error(wrong.sum(1), 200)
    assert 0.945 < (bounds >= 0.03).double().mean() < 0.99


def test_safe_threshold_is_the_lowest_that_keeps_the_bound():
    rng = torch.Generator().manual_seed(0)
    confidence = torch.rand(4000, generator=rng).double()
    correct = torch.rand(4000, generator=rng) < confidence.sqrt().sqrt()
    t = selective.safe_threshold(confidence, correct, risk=0.05)
    accept = confidence >= t
    n, errors = int(accept.sum()), int((accept & ~correct).sum())
    assert float(selective.upper_error(errors, n)) <= 0.05
    lower = confidence[confidence < t]
    for s in lower.sort(descending=True).values[:50]:
        accept = confidence >= s
        errors = int((accept & ~correct).sum())
        assert float(selective.upper_error(errors, int(accept.sum()))) > 0.05


def test_no_threshold_is_safe_with_too_few_images():
    assert selective.safe_threshold(CONFIDENCE, CORRECT, risk=0.01) == math.inf


def test_chow_threshold_is_the_cheapest_when_confidence_is_true():
    rng = torch.Generator().manual_seed(1)
    confidence = 0.5 + 0.5 * torch.rand(200000, generator=rng).double()
    correct = torch.rand(200000, generator=rng) < confidence
    price = {"reject": 1, "error": 10}
    best = selective.chow_threshold(**price)
    assert best == pytest.approx(0.9)
    costs = {
        t: selective.handling_cost(confidence, correct, t, **price)
        for t in (0.5, 0.8, best, 0.97, 1.1)
    }
    assert min(costs, key=costs.get) == best
    assert costs[1.1] == 1  # a person reads everything


def test_cost_counts_refusals_and_errors():
    cost = selective.handling_cost(CONFIDENCE, CORRECT, 0.7, reject=1, error=50)
    assert cost == pytest.approx((1 + 50) / 5)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="reject"):
        selective.chow_threshold(reject=2, error=1)
    with pytest.raises(ValueError, match="bằng nhau"):
        selective.risk_coverage(CONFIDENCE, CORRECT[:2])
    with pytest.raises(ValueError, match="nan"):
        selective.risk_coverage(torch.tensor([math.nan]), torch.tensor([True]))
