"""Toy data: spirals and Gaussian clouds."""

import math

import pytest
import torch

from hocsau.data import toy


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_spiral_shapes_and_balanced_labels():
    X, y = toy.spiral(30, arms=5, rng=rng())
    assert X.shape == (150, 2) and X.dtype == torch.float32
    assert y.dtype == torch.int64 and torch.bincount(y).tolist() == [30] * 5


def test_spiral_without_noise_is_the_formula():
    X, _ = toy.spiral(3, arms=2, turns=0.5, noise=0.0, rng=rng())
    assert torch.allclose(X.norm(dim=1), torch.tensor([0.05, 0.525, 1.0] * 2))
    angle = torch.atan2(X[2, 1], X[2, 0])
    assert math.isclose(abs(angle), math.pi, abs_tol=1e-5)
    assert torch.allclose(X[3:], -X[:3], atol=1e-6)  # cánh 2 quay nửa vòng


def test_spiral_noise_turns_but_keeps_the_radius():
    X, _ = toy.spiral(50, arms=3, noise=0.3, rng=rng())
    clean, _ = toy.spiral(50, arms=3, noise=0.0, rng=rng())
    assert torch.allclose(X.norm(dim=1), clean.norm(dim=1), atol=1e-6)
    assert not torch.allclose(X, clean)


def test_same_generator_same_data():
    a, b = (toy.spiral(20, rng=rng(7))[0] for _ in range(2))
    assert torch.equal(a, b)


@pytest.mark.parametrize("arms, per_arm", [(0, 10), (3, 1)])
def test_spiral_refuses_nonsense(arms, per_arm):
    with pytest.raises(ValueError, match="spiral"):
        toy.spiral(per_arm, arms=arms, rng=rng())


def test_gaussian_moments():
    X = toy.gaussian(4000, dim=3, rng=rng())
    assert X.shape == (4000, 3)
    assert torch.allclose(torch.cov(X.T), torch.eye(3), atol=0.1)
