"""Rates by group, Wilson's interval, AUC inside a group."""

import math

import pytest
import torch

from hocsau.metrics import auc, groups


def test_rates_by_hand_and_nan_for_nobody():
    got = groups.rates(torch.tensor([1, 0, 1, 1]), torch.tensor([0, 0, 2, 2]), 4)
    assert got[0] == 0.5 and got[2] == 1
    assert math.isnan(got[1]) and math.isnan(got[3])


@pytest.mark.parametrize("hits, n", [(0, 5), (3, 7), (5, 5), (480, 600)])
def test_wilson_ends_solve_the_equation(hits, n):
    for p in groups.wilson(hits, n):
        assert (hits / n - p) ** 2 == pytest.approx(
            1.96**2 * p * (1 - p) / n, abs=1e-12
        )


def test_wilson_is_that_of_scipy():
    from scipy.stats import binomtest

    z = 1.959963984540054
    reference = binomtest(7, 20).proportion_ci(method="wilson")
    assert groups.wilson(7, 20, z=z) == pytest.approx((reference.low, reference.high))


def test_wilson_refuses_nonsense():
    for hits, n in ((1, 0), (3, 2), (-1, 4)):
        with pytest.raises(ValueError, match="hits"):
            groups.wilson(hits, n)


def test_auc_compares_inside_the_group_only():
    face, other = torch.tensor([5.0, -5.0]), torch.tensor([4.0, -6.0])
    g = torch.tensor([0, 1])
    assert groups.group_auc(face, g, other, g).tolist() == [1, 1]
    y = torch.tensor([1.0, 1, 0, 0])
    assert auc(torch.cat([face, other]), y) < 1
