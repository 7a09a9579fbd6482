"""Standardised values: mean zero, variance one, finite when constant."""

import numpy as np

from kim import Tensor, ops


def test_mean_zero_variance_one():
    x = Tensor(np.random.default_rng(0).normal(5, 3, (64, 4)))
    y = ops.standardize(x, 0).array
    np.testing.assert_allclose(y.mean(0), 0, atol=1e-12)
    np.testing.assert_allclose(y.var(0), 1, atol=1e-5)


def test_constant_input_gives_zero_not_nan():
    x = Tensor(np.full((4, 2), 7.0), True)
    y = ops.standardize(x, 0)
    y.sum().backward()
    assert (y.array == 0).all() and np.isfinite(x.grad.array).all()
