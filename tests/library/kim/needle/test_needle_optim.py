"""hw2 optimisers follow the course's own update rules."""

import numpy as np
import pytest

import kim.needle as ndl
from kim.needle import nn, optim


def run(make, steps=5):
    rng = np.random.default_rng(0)
    p = nn.Parameter(rng.standard_normal(4).astype(np.float32))
    start, opt, grads = p.numpy().copy(), make([p]), []
    for _ in range(steps):
        opt.reset_grad()
        (p * p * p).sum().backward()
        grads.append(3 * p.numpy().astype(float) ** 2)
        opt.step()
    assert p.dtype == np.float32
    return start.astype(float), p.numpy()


def test_sgd():
    start, end = run(lambda p: optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01))
    p, u = start, 0
    for _ in range(5):
        u = 0.9 * u + 0.1 * (3 * p**2 + 0.01 * p)
        p = p - 0.1 * u
    np.testing.assert_allclose(end, p, rtol=1e-5)


def test_adam():
    start, end = run(lambda p: optim.Adam(p, lr=0.1, weight_decay=0.01))
    p, m, v = start, 0, 0
    for t in range(1, 6):
        g = 3 * p**2 + 0.01 * p
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        p = p - 0.1 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    np.testing.assert_allclose(end, p, rtol=1e-5)


def test_state_and_missing_gradients():
    p, q = nn.Parameter([1.0]), nn.Parameter([1.0])
    opt = optim.SGD([p, q], lr=0.1)
    (p * 2).sum().backward()
    opt.step()
    assert p in opt.u and q not in opt.u and q.numpy() == 1
    assert opt.clip_grad_norm(0.5) == pytest.approx(2)
    assert p.grad.numpy() == pytest.approx(0.5)
    opt.reset_grad()
    assert p.grad is None
    assert isinstance(opt, ndl.optim.Optimizer)
