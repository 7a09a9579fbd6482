"""A two-layer net by hand: values, gradients, learning."""

import pytest
import torch
from torch import nn

from hocsau import twolayer


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def case(n=7, d=3, hidden=4, seed=0):
    params = twolayer.init(d, hidden, rng=rng(seed))
    params = tuple(
        p + 0.1 * torch.randn(p.shape, generator=rng(9), dtype=p.dtype) for p in params
    )
    X = torch.randn(n, d, generator=rng(1), dtype=torch.float64)
    y = (torch.rand(n, 1, generator=rng(2)) > 0.4).double()
    return params, X, y


def test_init_shapes_range_and_seed():
    W1, b1, W2, b2 = twolayer.init(30, 16, rng=rng())
    assert W1.shape == (30, 16) and b1.shape == (16,)
    assert W2.shape == (16, 1) and b2.shape == (1,)
    assert W1.abs().max() <= 30**-0.5 and W2.abs().max() <= 0.25
    assert W1.abs().max() > 0.9 * 30**-0.5 and W1.mean().abs() < 0.02
    assert not b1.any() and not b2.any()
    assert torch.equal(W1, twolayer.init(30, 16, rng=rng())[0])


def test_forward_is_pytorchs_sequential():
    (W1, b1, W2, b2), X, _ = case()
    net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)).double()
    with torch.no_grad():
        for layer, W, b in ((net[0], W1, b1), (net[2], W2, b2)):
            layer.weight.copy_(W.T)
            layer.bias.copy_(b)
        H, Z = twolayer.forward((W1, b1, W2, b2), X)
        assert torch.allclose(Z, net(X), rtol=1e-12)
        assert torch.allclose(H, net[:2](X), rtol=1e-12)


def test_loss_is_pytorchs_and_survives_huge_logits():
    _, _, y = case()
    Z = torch.randn(7, 1, generator=rng(4), dtype=torch.float64)
    expected = nn.functional.binary_cross_entropy_with_logits(Z, y)
    assert torch.allclose(twolayer.loss(Z, y), expected, rtol=1e-12)
    assert torch.isfinite(twolayer.loss(1000 * Z, y))


def test_loss_refuses_flat_labels():
    _, _, y = case()
    with pytest.raises(ValueError, match="cùng kích thước"):
        twolayer.loss(y, y[:, 0])


@pytest.mark.parametrize(("n", "hidden"), [(1, 1), (7, 4), (5, 9)])
def test_gradients_agree_with_autograd(n, hidden):
    params, X, y = case(n=n, hidden=hidden)
    mine = twolayer.gradients(params, X, y)
    leaves = [p.clone().requires_grad_() for p in params]
    twolayer.loss(twolayer.forward(leaves, X)[1], y).backward()
    for g, p in zip(mine, leaves, strict=True):
        assert g.shape == p.shape
        assert torch.allclose(g, p.grad, rtol=1e-10, atol=1e-14)


def test_fit_is_pytorch_sgd_and_leaves_its_start_alone():
    params, X, y = case()
    before = [p.clone() for p in params]
    end, losses = twolayer.fit(params, X, y, lr=0.5, num_steps=20)
    leaves = [p.clone().requires_grad_() for p in params]
    sgd = torch.optim.SGD(leaves, lr=0.5)
    theirs = []
    for _ in range(20):
        sgd.zero_grad()
        loss = twolayer.loss(twolayer.forward(leaves, X)[1], y)
        loss.backward()
        sgd.step()
        theirs.append(loss.item())
    assert losses == pytest.approx(theirs, rel=1e-9)
    for mine, other, old, start in zip(end, leaves, params, before, strict=True):
        assert torch.allclose(mine, other, rtol=1e-8, atol=1e-12)
        assert torch.equal(old, start)


def test_it_learns_xor():
    X = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]]).double()
    y = torch.tensor([[0.0], [1], [1], [0]]).double()
    params = twolayer.init(2, 8, rng=rng())
    assert twolayer.accuracy(params, X, y) < 1
    params, losses = twolayer.fit(params, X, y, lr=1.0, num_steps=800)
    assert losses[-1] < 0.05 < losses[0]
    assert twolayer.accuracy(params, X, y) == 1
