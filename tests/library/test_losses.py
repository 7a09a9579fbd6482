"""Losses from likelihoods agree with torch.distributions and torch.nn."""

import math

import pytest
import torch
from torch.distributions import Laplace, Normal
from torch.nn import functional as F

from hocsau import losses


def numbers():
    rng = torch.Generator().manual_seed(0)
    return torch.randn(2, 9, generator=rng, dtype=torch.float64)


@pytest.mark.parametrize("scale", [0.3, 1.0, 2.5])
def test_negative_log_densities(scale):
    y_hat, y = numbers()
    torch.testing.assert_close(
        losses.gauss_nll(y_hat, y, scale), -Normal(y_hat, scale).log_prob(y).mean()
    )
    torch.testing.assert_close(
        losses.laplace_nll(y_hat, y, scale), -Laplace(y_hat, scale).log_prob(y).mean()
    )


@pytest.mark.parametrize("eps", [0.0, 0.1, 0.5, 1.0])
def test_smoothing_agrees_with_pytorch(eps):
    rng = torch.Generator().manual_seed(1)
    logits = torch.randn(7, 4, generator=rng, dtype=torch.float64, requires_grad=True)
    y = torch.tensor([0, 1, 2, 3, 0, 1, 2])
    q = losses.smooth_labels(y, 4, eps)
    torch.testing.assert_close(q.sum(1), torch.ones(7))
    mine = losses.soft_cross_entropy(logits, q)
    theirs = F.cross_entropy(logits, y, label_smoothing=eps)
    torch.testing.assert_close(mine, theirs)
    (grad,) = torch.autograd.grad(mine, logits)
    torch.testing.assert_close(grad, (logits.softmax(1) - q) / 7)


def test_ideal_gap_is_the_minimum():
    k, eps, y = 5, 0.2, torch.tensor([2])

    def loss(gap):
        return F.cross_entropy(gap * F.one_hot(y, k), y, label_smoothing=eps)

    gap = torch.tensor(losses.ideal_gap(k, eps)).double().requires_grad_()
    (slope,) = torch.autograd.grad(loss(gap), gap)
    assert abs(slope) < 1e-6
    assert loss(gap) < loss(gap + 0.1) and loss(gap) < loss(gap - 0.1)
    assert losses.ideal_gap(k, 0.0) == math.inf
    assert losses.ideal_gap(k, 1.0) == 0.0
