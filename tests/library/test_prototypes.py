"""Nearest-prototype model: hard choice, soft gradient, learning."""

import numpy as np
import torch

from hocsau.prototypes import half_distances, nearest, soft_gradient


def test_distances_and_choice():
    rng = np.random.default_rng(0)
    X, W = rng.normal(size=(7, 3)), rng.normal(size=(4, 3))
    direct = 0.5 * ((X[:, None] - W) ** 2).sum(-1)
    np.testing.assert_allclose(half_distances(X, W), direct)
    assert (nearest(X, W) == direct.argmin(1)).all()


def test_soft_gradient_agrees_with_autograd():
    rng = np.random.default_rng(1)
    X, W, y = rng.normal(size=(9, 3)), rng.normal(size=(4, 3)), rng.integers(0, 4, 9)
    loss, grad = soft_gradient(X, y, W)
    w = torch.tensor(W, requires_grad=True)
    d = 0.5 * ((torch.tensor(X)[:, None] - w) ** 2).sum(-1)
    ref = torch.nn.functional.cross_entropy(-d, torch.tensor(y))
    ref.backward()
    np.testing.assert_allclose(loss, ref.item(), rtol=1e-12)
    np.testing.assert_allclose(grad, w.grad, atol=1e-13)


def test_far_away_points_do_not_overflow():
    loss, grad = soft_gradient(np.full((1, 2), 1e4), np.array([0]), np.eye(2))
    assert np.isfinite(loss) and np.isfinite(grad).all()


def test_learns_two_blobs_from_swapped_prototypes():
    rng = np.random.default_rng(2)
    y = np.arange(200) % 2
    X = rng.normal(size=(200, 2)) * 0.3 + np.where(y, 1, -1)[:, None]
    W = np.array([[0.2, 0.0], [-0.2, 0.0]])
    assert (nearest(X, W) == y).mean() < 0.1
    for _ in range(200):
        W = W - 0.3 * soft_gradient(X, y, W)[1]
    assert (nearest(X, W) == y).mean() > 0.98
