"""Activations and their derivatives, against PyTorch and autograd."""

import pytest
import torch

from hocsau import activations

PAIRS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
}
Z = torch.linspace(-30, 30, 241, dtype=torch.float64)


@pytest.mark.parametrize("name", PAIRS)
def test_values_agree_with_pytorch(name):
    ours = getattr(activations, name)(Z)
    assert torch.allclose(ours, PAIRS[name](Z), rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", PAIRS)
def test_slopes_agree_with_autograd(name):
    z = Z.clone().requires_grad_()
    PAIRS[name](z).sum().backward()
    ours = getattr(activations, f"{name}_slope")(Z)
    assert torch.allclose(ours, z.grad, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", PAIRS)
def test_nothing_overflows(name):
    z = torch.tensor([-1e4, 1e4])
    for f in (name, f"{name}_slope"):
        assert torch.isfinite(getattr(activations, f)(z)).all()


def test_saturated_counts_small_slopes():
    slope = torch.tensor([[0.25, 1e-4], [0.0, 1.0]])
    assert activations.saturated(slope) == 0.5
    assert activations.saturated(slope, below=0.3) == 0.75
