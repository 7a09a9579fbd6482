"""Gradient descent and SGD on functions whose answers are known."""

import numpy as np
import pytest

from hocsau.descent import batches, descend, sgd, slope

A = np.diag([1.0, 4.0])


def bowl(w):
    """Quadratic with gradient A w."""
    return 0.5 * w @ A @ w


def test_slope_agrees_with_the_formula():
    w = np.array([0.7, -1.3])
    assert np.allclose(slope(bowl, w), A @ w, atol=1e-8)


def test_descend_records_the_exact_geometric_path():
    w0 = np.array([1.0, 1.0])
    path = descend(lambda w: A @ w, w0, lr=0.1, num_steps=7)
    t = np.arange(8)
    assert path.shape == (8, 2)
    assert np.allclose(path, np.stack([0.9**t, 0.6**t], axis=1))


def test_descend_diverges_past_two_over_curvature():
    path = descend(lambda w: A @ w, [0.0, 1.0], lr=0.51, num_steps=50)
    assert abs(path[-1, 1]) > 1


def test_descend_leaves_the_start_untouched():
    w0 = np.array([1.0, 2.0])
    descend(lambda w: w, w0, lr=0.5, num_steps=3)
    assert w0.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("n, batch_size", [(10, 3), (8, 8), (5, 1)])
def test_batches_cover_each_sample_once(n, batch_size):
    parts = batches(n, batch_size, rng=np.random.default_rng(0))
    assert sorted(np.concatenate(parts)) == list(range(n))
    assert max(map(len, parts)) == min(batch_size, n)


def test_full_batch_sgd_is_gradient_descent():
    X = np.random.default_rng(0).normal(size=(12, 2))

    def grad(w, batch):
        return w - X[batch].mean(axis=0)

    args = {"lr": 0.3, "rng": np.random.default_rng(1)}
    path = sgd(grad, [0.0, 0.0], 12, batch_size=12, num_epochs=5, **args)
    full = descend(lambda w: grad(w, slice(None)), [0.0, 0.0], lr=0.3, num_steps=5)
    assert np.allclose(path, full)


def test_sgd_finds_the_mean():
    X = np.random.default_rng(0).normal(size=(200, 2)) + 3
    path = sgd(
        lambda w, b: w - X[b].mean(axis=0),
        [0.0, 0.0],
        len(X),
        lr=0.05,
        batch_size=10,
        num_epochs=30,
        rng=np.random.default_rng(2),
    )
    assert path.shape == (1 + 20 * 30, 2)
    assert np.allclose(path[-1], X.mean(axis=0), atol=0.15)
