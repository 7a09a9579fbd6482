"""Hand-written dropout: the mask, its two passes, and PyTorch's own result."""

import pytest
import torch
from torch import nn

from hocsau.dropout import Dropout, backward, forward


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.9])
def test_both_passes_equal_torch_under_the_same_mask(p):
    X = torch.randn(40, 7, generator=rng(), dtype=torch.float64, requires_grad=True)
    G = torch.randn(40, 7, generator=rng(1), dtype=torch.float64)
    torch.manual_seed(3)
    Y = nn.functional.dropout(X, p, training=True)
    Y.backward(G)
    keep = Y.detach() != 0
    assert keep.all() == (p == 0)
    assert (forward(X.detach(), keep, p) - Y.detach()).abs().max() < 1e-12
    assert (backward(G, keep, p) - X.grad).abs().max() < 1e-12


def test_autograd_uses_the_mask_of_the_forward_pass():
    X = torch.randn(30, 5, generator=rng(), dtype=torch.float64, requires_grad=True)
    Y = Dropout(0.4, rng=rng(1))(X)
    Y.sum().backward()
    assert torch.allclose(X.grad, (Y != 0).double() / 0.6)
    assert 0 < (Y == 0).float().mean() < 1


def test_module_gradient_by_finite_differences():
    X = torch.randn(3, 4, generator=rng(), dtype=torch.float64, requires_grad=True)
    layer = Dropout(0.5, rng=rng())

    def same_mask(X):
        layer.rng.manual_seed(5)
        return layer(X)

    assert torch.autograd.gradcheck(same_mask, X)


def test_mean_and_variance_are_those_of_the_formula():
    X, p = torch.full((200_000,), 3.0, dtype=torch.float64), 0.3
    Y = Dropout(p, rng=rng())(X)
    assert Y.mean().item() == pytest.approx(3, rel=0.01)
    assert Y.var().item() == pytest.approx(9 * p / (1 - p), rel=0.02)
    assert (Y == 0).double().mean().item() == pytest.approx(p, rel=0.02)


def test_eval_changes_nothing_and_draws_nothing():
    layer = Dropout(0.5, rng=rng()).eval()
    X = torch.ones(4, 3)
    state = layer.rng.get_state()
    assert layer(X) is X and torch.equal(state, layer.rng.get_state())


def test_one_probability_for_each_net():
    p = torch.tensor([0.0, 0.5, 0.9])[:, None, None]
    Y = Dropout(p, rng=rng())(torch.ones(3, 400, 50))
    off = (Y == 0).float().mean((1, 2))
    assert torch.allclose(off, p.flatten(), atol=0.02)


@pytest.mark.parametrize("p", [-0.1, 1.0, 1.5, torch.tensor([0.2, 1.0])])
def test_bad_probability_is_named(p):
    with pytest.raises(ValueError, match="0 ≤ p < 1"):
        Dropout(p, rng=rng())
