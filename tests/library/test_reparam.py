"""Parameter transforms: the induced step, copies, hypernetworks, sharing in time."""

import math

import pytest
import torch
from torch import nn

from hocsau import train
from hocsau.models import MLP
from hocsau.reparam import (
    Hypernetwork,
    Unrolled,
    induced_step,
    jacobian,
    num_weights,
    replicate,
    replication_matrix,
    run_with,
)


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def draw(*shape, seed=0):
    return torch.randn(shape, generator=rng(seed), dtype=torch.float64)


def test_induced_step_is_exact_for_a_linear_map():
    A, u, g = draw(5, 3), draw(3, seed=1), draw(5, seed=2)
    du, dw = induced_step(lambda v: A @ v, u, g, lr=0.7)
    torch.testing.assert_close(du, -0.7 * A.T @ g)
    torch.testing.assert_close(A @ (u + du) - A @ u, dw)


def test_induced_step_is_first_order_otherwise():
    def H(v):
        return torch.stack([v[0] * v[1], v[1].sin(), v[0] ** 3])

    u, g = draw(2, seed=1), draw(3, seed=2)
    gaps = []
    for lr in (1e-2, 1e-3):
        du, dw = induced_step(H, u, g, lr=lr)
        gaps.append((H(u + du) - H(u) - dw).norm().item())
    assert gaps[0] / gaps[1] == pytest.approx(100, rel=0.1)


def test_step_on_u_is_the_gradient_through_H():
    def H(v):
        return v**2

    def C(w):
        return (w - 3).pow(2).sum() / 2

    u = draw(4).requires_grad_()
    C(H(u)).backward()
    w = H(u.detach())
    du, _ = induced_step(H, u.detach(), w - 3, lr=1.0)
    torch.testing.assert_close(du, -u.grad)


def test_replication_sums_the_gradients_of_the_copies():
    index = torch.tensor([0, 1, 0, 0, 1])
    u = draw(2).requires_grad_()
    w = replicate(u, index)
    w.retain_grad()
    (w * draw(5, seed=1)).sin().sum().backward()
    by_hand = torch.stack([w.grad[index == i].sum() for i in range(2)])
    torch.testing.assert_close(u.grad, by_hand)
    R = replication_matrix(index, 2).double()
    torch.testing.assert_close(u.grad, R.T @ w.grad)
    torch.testing.assert_close(jacobian(lambda v: replicate(v, index), u), R)


def test_run_with_is_the_network_with_those_weights():
    net = MLP((3, 5, 2), activation=nn.Tanh).double()
    parts = [p for m in (net[0], net[2]) for p in (m.weight.T.flatten(), m.bias)]
    w = torch.cat(parts)
    x = draw(7, 3)
    assert len(w) == num_weights((3, 5, 2))
    torch.testing.assert_close(run_with(w.expand(7, -1), x, (3, 5, 2)), net(x))
    with pytest.raises(ValueError, match="cần 32"):
        run_with(w[:-1], x, (3, 5, 2))


def test_each_row_has_its_own_weights_and_gradients_reach_inner():
    net = Hypernetwork(MLP((1, 4, num_weights((2, 3, 1)))), (2, 3, 1)).double()
    zx = draw(6, 3).requires_grad_()
    assert net(zx).shape == (6, 1)
    (grad,) = torch.autograd.grad(net(zx)[2].sum(), zx)
    assert grad[2].abs().min() > 0
    assert grad[[0, 1, 3, 4, 5]].abs().max() == 0
    assert torch.autograd.gradcheck(net, zx)


def test_a_hypernetwork_learns_to_rotate():
    torch.manual_seed(0)
    z = math.pi * (2 * torch.rand(200, 1) - 1)
    x = torch.randn(200, 2)
    c, s = z[:, 0].cos(), z[:, 0].sin()
    y = torch.stack([c * x[:, 0] - s * x[:, 1], s * x[:, 0] + c * x[:, 1]], 1)
    net = Hypernetwork(MLP((1, 16, 16, 6), activation=nn.Tanh), (2, 2))
    optimizer = torch.optim.Adam(net.parameters(), lr=0.02)
    data = [(torch.cat([z, x], 1), y)]
    history = train.fit(net, data, nn.MSELoss(), optimizer, num_epochs=300)
    assert history["loss"][-1] < 0.01 < history["loss"][0]


def test_unrolled_shares_or_not():
    X = torch.randn(2, 5, 4, generator=rng())
    shared = Unrolled(4, hidden=3, seeds=(0, 1), shared=True)
    free = Unrolled(4, hidden=3, seeds=(0, 1), shared=False)
    assert shared(X).shape == free(X).shape == (2, 5)
    assert shared.U.shape[1] == 1 and free.U.shape[1] == 4
    assert shared(torch.randn(2, 5, 9)).shape == (2, 5)
    with pytest.raises(ValueError, match="chuỗi dài 9"):
        free(torch.randn(2, 5, 9))


def test_sharing_equals_free_weights_that_happen_to_be_equal():
    X = torch.randn(1, 6, 4, generator=rng())
    shared = Unrolled(4, hidden=3, seeds=(0,), shared=True)
    free = Unrolled(4, hidden=3, seeds=(0,), shared=False)
    with torch.no_grad():
        for name in ("U", "v", "b", "c", "d"):
            getattr(free, name).copy_(getattr(shared, name))
    torch.testing.assert_close(free(X), shared(X))
    shared(X).sum().backward()
    free(X).sum().backward()
    for name in ("U", "v", "b"):
        total = getattr(free, name).grad.sum(1, keepdim=True)
        torch.testing.assert_close(getattr(shared, name).grad, total)
