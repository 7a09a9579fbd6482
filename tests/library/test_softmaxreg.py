"""The plain classifier: its loss, its gradient, its learning."""

import math

import pytest
import torch
import torch.nn.functional as F

from hocsau import softmaxreg
from hocsau.data import digits


def make(seed=0, n=7, d=4, k=3):
    rng = torch.Generator().manual_seed(seed)
    X = torch.randn(n, d, generator=rng)
    y = torch.randint(k, (n,), generator=rng)
    return X, y


def test_loss_agrees_with_torch_and_starts_at_log_k():
    X, y = make()
    rng = torch.Generator().manual_seed(1)
    Z = torch.randn(7, 3, generator=rng) * 5
    assert torch.allclose(softmaxreg.loss(Z, y), F.cross_entropy(Z, y))
    huge = softmaxreg.loss(1000 * Z, y)
    assert huge.isfinite()
    W, b = softmaxreg.init(4, 3)
    assert abs(softmaxreg.loss(X @ W + b, y).item() - math.log(3)) < 1e-6


def test_one_step_is_the_formula():
    X, y = make()
    params = softmaxreg.init(4, 3)
    with torch.no_grad():
        params[0].add_(torch.randn(4, 3, generator=torch.Generator().manual_seed(2)))
    W, b = (p.detach().clone() for p in params)
    before = softmaxreg.step(params, X, y, lr=0.5)
    G = ((X @ W + b).softmax(1) - F.one_hot(y, 3)) / len(y)
    assert abs(before - F.cross_entropy(X @ W + b, y).item()) < 1e-6
    assert torch.allclose(params[0], W - 0.5 * X.T @ G, atol=1e-6)
    assert torch.allclose(params[1], b - 0.5 * G.sum(0), atol=1e-6)
    assert all(p.is_leaf and p.requires_grad and p.grad is None for p in params)


def test_an_epoch_sees_every_sample_once(monkeypatch):
    seen = []

    def step(params, X, y, *, lr):
        seen.append(y)
        return float(len(y))

    monkeypatch.setattr(softmaxreg, "step", step)
    X, y = torch.zeros(10, 1), torch.arange(10)
    rng = torch.Generator().manual_seed(0)
    mean = softmaxreg.epoch(None, X, y, lr=1.0, batch_size=4, rng=rng)
    assert [len(s) for s in seen] == [4, 4, 2] and abs(mean - 10 / 3) < 1e-9
    order = torch.cat(seen)
    assert sorted(order.tolist()) == list(range(10))
    assert order.tolist() != list(range(10))


@pytest.mark.parametrize("Z, y", [((4, 1), (4, 1)), ((4,), (4,)), ((4, 3), (3,))])
def test_wrong_shapes_are_refused(Z, y):
    with pytest.raises(ValueError, match="cần"):
        softmaxreg.loss(torch.zeros(Z), torch.zeros(y, dtype=torch.int64))


def test_digits_are_learned():
    rng = torch.Generator().manual_seed(0)
    (X, y), (X_val, y_val), _ = digits.load(rng=rng)
    X, X_val = X.flatten(1), X_val.flatten(1)
    params = softmaxreg.init(64, 10)
    losses = [
        softmaxreg.epoch(params, X, y, lr=1.0, batch_size=64, rng=rng) for _ in range(5)
    ]
    assert losses[-1] < 0.5 * losses[0]
    assert softmaxreg.accuracy(params, X_val, y_val) > 0.85
