"""Hand-written backprop against autograd and finite differences, in float64."""

import numpy as np
import pytest
import torch

from hocsau.backprop import (
    Chain,
    Linear,
    Pointwise,
    SquaredCost,
    UnitNet,
    numeric_jacobian,
    relu,
)

WEIGHTS = {(2, 0): 0.7, (2, 1): -1.1, (3, 1): 0.4, (3, 2): 1.3,
           (4, 0): -0.6, (4, 2): 0.9, (4, 3): -1.7}  # fmt: skip


def tanh_net(weights=WEIGHTS):
    return UnitNet(weights, np.tanh, lambda s: 1 - np.tanh(s) ** 2)


def torch_net(x, w):
    z = {0: x[0], 1: x[1]}
    for i in (2, 3, 4):
        z[i] = torch.tanh(sum(w[k] * z[k[1]] for k in w if k[0] == i))
    return z[4]


def test_unit_net_agrees_with_autograd_on_every_edge_and_input():
    x = torch.tensor([0.3, -0.8], dtype=torch.float64, requires_grad=True)
    w = {k: torch.tensor(v, dtype=torch.float64, requires_grad=True)
         for k, v in WEIGHTS.items()}  # fmt: skip
    out = torch_net(x, w)
    (3 * out).backward()
    net = tanh_net()
    assert net.forward({0: 0.3, 1: -0.8}) == pytest.approx(out.item(), abs=1e-15)
    dz, dw = net.backward(3.0)
    assert [dz[0], dz[1]] == pytest.approx(x.grad.tolist(), abs=1e-14)
    assert set(dw) == set(WEIGHTS)
    for k in dw:
        assert dw[k] == pytest.approx(w[k].grad.item(), abs=1e-14)


def test_branches_add():
    net = UnitNet({(1, 0): 2.0, (2, 0): 3.0, (3, 1): 1.0, (3, 2): 1.0},
                  lambda s: s, lambda s: 1.0)  # fmt: skip
    assert net.forward({0: 1.0}) == 5.0
    assert net.backward(1.0)[0][0] == 5.0


def test_unit_net_refuses_backward_edges():
    with pytest.raises(ValueError, match="đánh số lại"):
        tanh_net({(1, 2): 1.0})


def build(rng):
    shapes = [(4, 5), (5, 3), (3, 2)]
    linears = [Linear(rng.normal(size=s), rng.normal(size=s[1])) for s in shapes]
    tanh = Pointwise(np.tanh, lambda s: 1 - np.tanh(s) ** 2)
    return Chain(linears[0], relu(), linears[1], tanh, linears[2]), linears


def test_chain_agrees_with_autograd():
    rng = np.random.default_rng(0)
    chain, linears = build(rng)
    X, Y = rng.normal(size=(6, 4)), rng.normal(size=(6, 2))
    cost = SquaredCost()
    loss = cost.forward(chain.forward(X), Y)
    g_X = chain.backward(cost.backward())

    x = torch.tensor(X, requires_grad=True)
    p = [[torch.tensor(a, requires_grad=True) for a in m.params] for m in linears]
    h = torch.relu(x @ p[0][0] + p[0][1])
    h = torch.tanh(h @ p[1][0] + p[1][1])
    out = h @ p[2][0] + p[2][1]
    ref = 0.5 * ((out - torch.tensor(Y)) ** 2).sum() / 6
    ref.backward()
    assert loss == pytest.approx(ref.item(), abs=1e-13)
    np.testing.assert_allclose(g_X, x.grad, atol=1e-13)
    for m, (W, b) in zip(linears, p, strict=True):
        np.testing.assert_allclose(m.grads[0], W.grad, atol=1e-13)
        np.testing.assert_allclose(m.grads[1], b.grad, atol=1e-13)
        assert m.grads[0].shape == m.params[0].shape


def test_linear_backward_is_the_row_times_its_jacobian():
    rng = np.random.default_rng(1)
    layer = Linear(rng.normal(size=(4, 3)), rng.normal(size=3))
    x, g = rng.normal(size=4), rng.normal(size=(1, 3))
    J = numeric_jacobian(lambda v: layer.forward(v[None])[0], x)
    assert J.shape == (3, 4)
    np.testing.assert_allclose(J, layer.params[0].T, atol=1e-8)
    layer.forward(x[None])
    np.testing.assert_allclose(layer.backward(g), g @ J, atol=1e-8)


def test_relu_derivative_is_zero_at_the_kink():
    module = relu()
    assert module.forward(np.array([-1.0, 0.0, 2.0])).tolist() == [0, 0, 2]
    assert module.backward(np.ones(3)).tolist() == [0, 0, 1]


def test_chain_learns_and_does_not_touch_the_arrays_it_was_given():
    rng = np.random.default_rng(2)
    W = rng.normal(size=(2, 8))
    before = W.copy()
    tanh = Pointwise(np.tanh, lambda s: 1 - np.tanh(s) ** 2)
    chain = Chain(Linear(W, np.zeros(8)), tanh,
                  Linear(rng.normal(size=(8, 1)) / 3, np.zeros(1)))  # fmt: skip
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]])
    Y, cost = np.array([[0], [1], [1], [0.0]]), SquaredCost()
    first = cost.forward(chain.forward(X), Y)
    for _ in range(2000):
        last = cost.forward(chain.forward(X), Y)
        chain.backward(cost.backward())
        chain.step(0.3)
    assert last < 1e-3 < first
    assert (before == W).all()
