"""Estimated gradients: unbiased where they should be, with the variance expected."""

import numpy as np

from hocsau.blackbox import score_terms, two_point

G = np.array([1.0, -2.0, 0.5])


def linear(w):
    return w @ G + 7.0


def test_two_point_is_the_directional_derivative():
    rng, copy = np.random.default_rng(0), np.random.default_rng(0)
    u = copy.normal(size=3)
    np.testing.assert_allclose(
        two_point(linear, np.zeros(3), rng=rng), (u @ G) * u, atol=1e-9
    )


def test_two_point_is_unbiased():
    rng = np.random.default_rng(1)
    mean = np.mean([two_point(linear, np.ones(3), rng=rng) for _ in range(8000)], 0)
    np.testing.assert_allclose(mean, G, atol=0.15)


def test_score_terms_are_unbiased_with_and_without_baseline():
    for baseline in (True, False):
        terms = score_terms(
            linear, np.ones(3), sigma=0.5, num_trials=100_000,
            rng=np.random.default_rng(2), baseline=baseline,
        )  # fmt: skip
        np.testing.assert_allclose(terms.mean(0), G, atol=0.2)


def test_baseline_cuts_the_spread():
    kw = {"sigma": 0.5, "num_trials": 5000}
    with_b, without = (
        score_terms(linear, np.ones(3), rng=np.random.default_rng(3), baseline=b, **kw)
        for b in (True, False)
    )
    assert with_b.shape == (5000, 3)
    assert with_b.std(0).max() < 0.5 * without.std(0).min()


def test_score_of_a_step_function_is_the_gaussian_density():
    """E[1(w + σε > 0)] = Φ(w/σ): its slope at 0 is 1/(σ√(2π))."""
    terms = score_terms(
        lambda w: 1.0 * (w[:, 0] > 0), np.zeros(1), sigma=2.0,
        num_trials=200_000, rng=np.random.default_rng(4),
    )  # fmt: skip
    slope = 1 / (2 * np.sqrt(2 * np.pi))
    np.testing.assert_allclose(terms.mean(0), slope, atol=3e-3)
