"""Hand-written optimisers: equal to torch.optim, and right where maths says so."""

import numpy as np
import pytest
import torch
from torch import nn

from hocsau.descent import descend
from hocsau.optimisers import SGD, Adam, AdamW, RMSProp, walk
from hocsau.surfaces import Bowl, ravine

RNG = torch.Generator().manual_seed(0)
X = torch.randn(60, 5, generator=RNG, dtype=torch.float64)
y = (X[:, 0] > 0).long() + (X[:, 1] > 0).long()

PAIRS = [
    (SGD, torch.optim.SGD, {"lr": 0.1}),
    (SGD, torch.optim.SGD, {"lr": 0.05, "momentum": 0.9}),
    (RMSProp, torch.optim.RMSprop, {"lr": 0.01}),
    (RMSProp, torch.optim.RMSprop, {"lr": 0.01, "alpha": 0.9, "eps": 1e-3}),
    (Adam, torch.optim.Adam, {"lr": 0.01}),
    (Adam, torch.optim.Adam, {"lr": 0.01, "betas": (0.5, 0.9), "eps": 1e-2}),
    (AdamW, torch.optim.AdamW, {"lr": 0.01}),
]


def small_net():
    torch.manual_seed(1)
    net = nn.Sequential(nn.Linear(5, 8), nn.Tanh(), nn.Linear(8, 3))
    return net.double()


def steps(net, optimiser, num_steps=300):
    for t in range(num_steps):
        rows = slice(t % 4 * 15, t % 4 * 15 + 15)
        optimiser.zero_grad()
        nn.functional.cross_entropy(net(X[rows]), y[rows]).backward()
        optimiser.step()
    return torch.cat([p.detach().flatten() for p in net.parameters()])


@pytest.mark.parametrize("decay", [0.0, 0.1])
@pytest.mark.parametrize("ours, theirs, options", PAIRS)
def test_equal_to_torch_over_many_steps(ours, theirs, options, decay):
    options = options | {"weight_decay": decay}
    a, b = small_net(), small_net()
    mine = steps(a, ours(a.parameters(), **options))
    reference = steps(b, theirs(b.parameters(), **options))
    assert (mine - reference).abs().max() < 1e-9
    assert (mine - torch.cat([p.flatten() for p in small_net().parameters()])).any()


@pytest.mark.parametrize("ours, theirs, options", PAIRS)
def test_a_parameter_without_gradient_waits_as_in_torch(ours, theirs, options):
    def run(make):
        w = torch.tensor([1.0, -2.0], dtype=torch.float64)
        optimiser = make([w], **options, weight_decay=0.1)
        for t in range(12):
            w.grad = None if t % 3 == 0 else torch.cos(w * t)
            optimiser.step()
        return w

    torch.testing.assert_close(run(ours), run(theirs), rtol=0, atol=1e-12)


def push(make, gradients):
    """Position after each step when the gradients are given."""
    w, seen = torch.zeros(1, dtype=torch.float64), []
    optimiser = make([w])
    for g in gradients:
        w.grad = torch.tensor([g], dtype=torch.float64)
        optimiser.step()
        seen.append(w.item())
    return np.array(seen)


def test_momentum_multiplies_a_steady_push_and_damps_an_alternating_one():
    steady = push(lambda p: SGD(p, 1.0, momentum=0.9), [1.0] * 400)
    assert steady[-2] - steady[-1] == pytest.approx(1 / (1 - 0.9))
    swing = push(lambda p: SGD(p, 1.0, momentum=0.9), [1.0, -1.0] * 200)
    assert abs(swing[-1] - swing[-2]) == pytest.approx(1 / (1 + 0.9))


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3])
def test_adam_steps_lr_when_the_gradient_is_constant(size):
    path = push(lambda p: Adam(p, 0.01), [size] * 50)
    assert np.allclose(np.diff(path, prepend=0), -0.01, rtol=1e-4)


def test_first_rmsprop_step_is_too_long():
    path = push(lambda p: RMSProp(p, 0.01, alpha=0.99), [3.0])
    assert path[0] == pytest.approx(-0.01 / np.sqrt(0.01))


def idle(make, num_steps):
    """A weight that starts at 1 and never receives a data gradient."""
    w = torch.ones(1, dtype=torch.float64)
    optimiser = make([w])
    for _ in range(num_steps):
        w.grad = torch.zeros(1, dtype=torch.float64)
        optimiser.step()
    return w.item()


def test_decoupled_decay_is_a_geometric_shrinkage():
    left = idle(lambda p: AdamW(p, 0.01, weight_decay=0.5), 100)
    assert left == pytest.approx((1 - 0.01 * 0.5) ** 100)


@pytest.mark.parametrize("decay", [0.01, 0.5])
def test_coupled_decay_moves_by_lr_whatever_the_coefficient(decay):
    left = idle(lambda p: Adam(p, 0.01, weight_decay=decay), 1)
    assert left == pytest.approx(1 - 0.01, abs=1e-6)


def test_the_two_decays_are_one_for_plain_sgd():
    left = idle(lambda p: SGD(p, 0.01, weight_decay=0.5), 100)
    assert left == pytest.approx((1 - 0.01 * 0.5) ** 100)


@pytest.mark.parametrize("kind", [SGD, RMSProp, Adam, AdamW])
def test_lr_tensor_moves_each_slice_as_if_alone(kind):
    start = torch.ones(2, 3, 1)

    def moved(rows, lrs):
        w = start[rows].clone().requires_grad_()
        optimiser = kind([w], torch.tensor(lrs)[:, None, None])
        for _ in range(5):
            optimiser.zero_grad()
            (w**4).sum().backward()
            optimiser.step()
        return w.detach()

    both = moved([0, 1], [0.01, 0.1])
    torch.testing.assert_close(both[1], moved([1], [0.1])[0])
    assert not torch.allclose(both[0], both[1])


def test_zero_grad_forgets():
    w = torch.ones(1, requires_grad=True)
    optimiser = SGD([w], 0.1)
    (3 * w).sum().backward()
    optimiser.zero_grad()
    optimiser.step()
    assert w.grad is None and w.item() == 1.0


def test_walk_with_sgd_is_gradient_descent():
    bowl, w0 = Bowl(ravine((1, 10), angle=20)), np.array([1.0, -2.0])
    path = walk(lambda p: SGD(p, 0.1), bowl.grad, w0, num_steps=9)
    assert path.shape == (10, 2)
    expected = descend(bowl.grad, w0, lr=0.1, num_steps=9)
    assert np.allclose(path, expected)
    assert w0.tolist() == [1.0, -2.0]


@pytest.mark.parametrize(
    "make",
    [
        lambda p: SGD(p, 0.05, momentum=0.9),
        lambda p: RMSProp(p, 0.03),
        lambda p: Adam(p, 0.1),
    ],
)
def test_each_one_goes_down(make):
    bowl = Bowl(ravine((1, 10)))
    path = walk(make, bowl.grad, [1.0, 1.0], num_steps=200)
    assert bowl(path[-1]) < 1e-2 * bowl(path[0])


def test_wrong_lists_are_refused_with_the_remedy():
    with pytest.raises(TypeError, match=r"\[w\]"):
        SGD(torch.zeros(2), 0.1)
    net = nn.Linear(2, 1)
    params = net.parameters()
    Adam(params, 0.1)
    with pytest.raises(ValueError, match="rỗng"):
        Adam(params, 0.1)
