"""Linear maps of the plane, their singular values, random and trained networks."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from hocsau import warp
from hocsau.data import toy


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


angles = st.floats(-4, 4)


@given(angles, angles)
@settings(max_examples=30, deadline=None)
def test_rotations_add_and_two_reflections_rotate(a, b):
    both = warp.rotation(a) @ warp.rotation(b)
    assert torch.allclose(both, warp.rotation(a + b), atol=1e-5)
    mirrors = warp.reflection(a) @ warp.reflection(b)
    assert torch.allclose(mirrors, warp.rotation(2 * (a - b)), atol=1e-5)


def test_determinants():
    maps = warp.rotation(1.0), warp.scaling(2, 3), warp.reflection(0.4), warp.shear(5)
    dets = torch.stack([torch.linalg.det(W) for W in maps])
    assert torch.allclose(dets, torch.tensor([1.0, 6.0, -1.0, 1.0]), atol=1e-5)


def test_reflection_keeps_its_own_line():
    line = torch.tensor([[math.cos(0.4), math.sin(0.4)]])
    assert torch.allclose(warp.apply(warp.reflection(0.4), line), line, atol=1e-6)


def test_apply_matches_column_convention_and_keeps_leading_axes():
    W, X = torch.randn(3, 2, generator=rng()), torch.randn(4, 5, 2, generator=rng(1))
    assert torch.allclose(warp.apply(W, X)[2, 3], W @ X[2, 3], atol=1e-6)


def test_homogeneous_is_affine_and_composes():
    W, b = warp.shear(0.5), torch.tensor([3.0, -1.0])
    x = torch.tensor([2.0, 4.0])
    H = warp.homogeneous(W, b)
    image = H @ torch.tensor([2.0, 4.0, 1.0])
    assert torch.allclose(image[:2], W @ x + b) and image[2] == 1
    twice = H @ H @ torch.tensor([2.0, 4.0, 1.0])
    assert torch.allclose(twice[:2], W @ (W @ x + b) + b)
    assert warp.homogeneous(W.double(), b).dtype == torch.float64


def test_lattice_has_straight_lines_both_ways():
    L = warp.lattice(1.0, lines=3, samples=5)
    assert L.shape == (6, 5, 2)
    assert (L[:3, :, 1].std(dim=1) == 0).all() and (L[3:, :, 0].std(dim=1) == 0).all()


@given(st.integers(0, 200))
@settings(max_examples=25, deadline=None)
def test_svd_steps_end_at_the_map(seed):
    W, X = torch.randn(2, 2, generator=rng(seed)), torch.randn(9, 2, generator=rng(1))
    steps = warp.svd_steps(W, X)
    assert len(steps) == 4 and torch.equal(steps[0], X)
    assert torch.allclose(steps[1].norm(dim=1), X.norm(dim=1), atol=1e-5)
    assert torch.allclose(steps[3], X @ W.T, atol=1e-5)


def test_singular_values_read_off_the_cloud():
    X = toy.gaussian(20_000, rng=rng())
    W = torch.tensor([[1.0, 2.0], [0.5, -1.0]])
    true = torch.linalg.svdvals(W)
    assert torch.allclose(warp.read_singular_values(X @ W.T), true, rtol=0.03)


def test_random_tanh_limits():
    f, X = warp.RandomTanh(4, rng=rng()), toy.gaussian(50, rng=rng(1))
    assert f(X).shape == (50, 2)
    small = f(X, 1e-3) / 1e-3
    assert torch.allclose(small, (X @ f.A.T + f.b) @ f.C.T, atol=1e-3)
    corners = torch.sign(X @ f.A.T + f.b) @ f.C.T
    assert torch.allclose(f(X, 1e6), corners, atol=1e-4)


def test_random_relu_layers_and_reproducibility():
    net = warp.random_relu(3, 5, rng=rng())
    assert [m.weight.shape for m in net if hasattr(m, "weight")] == [
        (5, 2),
        (5, 5),
        (5, 5),
        (2, 5),
    ]
    again, X = warp.random_relu(3, 5, rng=rng()), torch.ones(1, 2)
    assert torch.equal(net(X), again(X))


def test_random_relu_scales_and_linear_output():
    net = warp.random_relu(2, 600, rng=rng())
    assert [type(m).__name__ for m in net] == ["Linear", "ReLU"] * 2 + ["Linear"]
    for m in (net[0], net[2], net[4]):
        wanted = math.sqrt(2 / m.in_features)
        assert m.weight.std().item() == pytest.approx(wanted, rel=0.06)
    assert net[2].bias.var().item() == pytest.approx(0.1, rel=0.2)


def test_jacobian_of_known_maps():
    X, W = toy.gaussian(6, rng=rng()), warp.reflection(1.0)
    assert torch.allclose(warp.jacobian(lambda x: x @ W.T, X), W.expand(6, 2, 2))
    folded = warp.jacobian(lambda x: torch.stack([x[:, 0].abs(), x[:, 1]], 1), X)
    assert torch.equal(torch.linalg.det(folded), X[:, 0].sign())


def test_stretcher_learns_what_a_line_cannot():
    X, y = toy.spiral(40, arms=3, noise=0.05, rng=rng())
    torch.manual_seed(0)
    net, line = warp.Stretcher(3), torch.nn.Linear(2, 3)
    assert net.embed(X).shape == (120, 2) and net(X).shape == (120, 3)
    assert warp.fit(net, X, y, num_steps=400) > 0.97
    assert warp.fit(line, X, y, num_steps=400) < 0.8


def test_fit_reports_the_accuracy_after_training():
    X, y = torch.tensor([[1.0, 0.0], [-1.0, 0.0]]), torch.tensor([0, 1])
    net = torch.nn.Linear(2, 2)
    assert warp.fit(net, X, y, num_steps=300, lr=0.1) == pytest.approx(1.0)
