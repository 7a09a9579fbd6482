"""Luck in choosing the best: exact formulas against brute force."""

from itertools import combinations

import numpy as np
import pytest

from hocsau.search import luck


def test_hit_chance_and_its_inverse():
    assert luck.hit_chance(0.5, 2) == 0.75
    assert luck.trials_needed(0.05, 0.95) == 59
    for share, chance in [(0.05, 0.95), (0.1, 0.5), (0.3, 0.99)]:
        n = luck.trials_needed(share, chance)
        assert luck.hit_chance(share, n) >= chance > luck.hit_chance(share, n - 1)
    rng = np.random.default_rng(0)
    hits = (rng.random((20_000, 10)) < 0.1).any(1).mean()
    assert abs(hits - luck.hit_chance(0.1, 10)) < 0.02


def test_best_of_equals_is_the_expected_maximum():
    assert np.isclose(luck.best_of_equals(0.7, 50, 1), 0.7)
    assert np.isclose(luck.best_of_equals(0.5, 1, 3), 1 - 0.5**3)
    rng = np.random.default_rng(0)
    drawn = rng.binomial(60, 0.9, (20_000, 30)).max(1).mean() / 60
    assert abs(luck.best_of_equals(0.9, 60, 30) - drawn) < 1e-3


def test_expected_best_is_the_mean_over_subsets():
    values = np.random.default_rng(0).normal(size=7)
    for n in range(1, 8):
        every = [max(c) for c in combinations(values, n)]
        assert np.isclose(luck.expected_best(values, n), np.mean(every))
    for n in (0, 8):
        with pytest.raises(ValueError, match="từ 1 đến 7"):
            luck.expected_best(values, n)
