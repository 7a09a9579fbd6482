"""A dense layer by hand: values, gradients, initialisation, a grid of runs."""

import math

import torch
from torch import nn

from hocsau import dense


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def doubles(*shape, seed=0):
    return torch.randn(*shape, generator=rng(seed), dtype=torch.float64)


def test_forward_is_linear_then_sigmoid():
    layer = nn.Linear(2, 3)
    X = torch.randn(5, 2, generator=rng())
    Y = dense.forward(X, layer.weight.T, layer.bias)
    assert Y.shape == (5, 3)
    assert torch.allclose(Y, torch.sigmoid(layer(X)), atol=1e-6)


def test_forward_carries_leading_dimensions():
    X, W, b = doubles(5, 2), doubles(4, 6, 2, 3), doubles(4, 6, 3)
    Y = dense.forward(X, W, b)
    assert Y.shape == (4, 6, 5, 3)
    assert torch.allclose(Y[2, 3], dense.forward(X, W[2, 3], b[2, 3]))


def test_gradients_agree_with_autograd_and_finite_differences():
    args = [doubles(5, 2), doubles(2, 3, seed=1), doubles(3, seed=2)]
    args = [a.requires_grad_() for a in args]
    assert torch.autograd.gradcheck(dense.forward, args)
    Y = dense.forward(*args)
    G = doubles(5, 3, seed=3)
    expected = torch.autograd.grad(Y, args, G)
    for mine, theirs in zip(dense.gradients(*args[:2], Y, G), expected, strict=True):
        assert torch.allclose(mine, theirs, rtol=1e-12)


def test_initial_scales():
    d = 400
    W, b = dense.normal_init(d, 50, rng=rng())
    assert W.shape == (d, 50) and b.shape == (50,)
    assert abs(W.std().item() - 1) < 0.02
    W, b = dense.uniform_init(d, 50, rng=rng())
    assert max(W.abs().max(), b.abs().max()) <= 1 / math.sqrt(d)
    assert abs(W.std().item() * math.sqrt(3 * d) - 1) < 0.02


def test_many_gives_each_seed_its_own_start():
    W, b = dense.many(dense.normal_init, 2, 3, seeds=(4, 9))
    assert W.shape == (2, 2, 3) and b.shape == (2, 3)
    alone, _ = dense.normal_init(2, 3, rng=rng(9))
    assert torch.equal(W[1], alone)


def square(Z, T):
    return (torch.sigmoid(Z) - T) ** 2


def test_fit_grid_is_the_single_runs_side_by_side():
    X, T = doubles(6, 2), doubles(6, 3, seed=1).sigmoid()
    W, b = doubles(2, 2, 3, seed=2), doubles(2, 3, seed=3)
    lrs = (0.1, 2.0)
    all_W, all_b = dense.fit_grid(X, T, W, b, square, lrs=lrs, num_steps=7)
    assert all_W.shape == (2, 2, 2, 3) and all_b.shape == (2, 2, 3)
    for s in range(2):
        for i, lr in enumerate(lrs):
            w, c = W[s].clone(), b[s].clone()
            for _ in range(7):
                Y = dense.forward(X, w, c)
                G = 2 * (Y - T) / Y.numel()
                _, gw, gc = dense.gradients(X, w, Y, G)
                w, c = w - lr * gw, c - lr * gc
            assert torch.allclose(all_W[s, i], w) and torch.allclose(all_b[s, i], c)


def test_fit_grid_learns_and_leaves_the_start_alone():
    y = torch.arange(3).repeat(20)
    X = 3 * torch.eye(3)[y] + 0.1 * torch.randn(60, 3, generator=rng())
    W, b = dense.many(dense.uniform_init, 3, 3, seeds=range(3))
    before = W.clone()
    done = dense.fit_grid(X, torch.eye(3)[y], W, b, square, lrs=(5.0,), num_steps=200)
    assert torch.equal(W, before)
    assert dense.accuracy(X, y, W, b).min() < 0.95
    assert (dense.accuracy(X, y, *done) == 1).all()
