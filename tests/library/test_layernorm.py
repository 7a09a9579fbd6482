"""Hand-written layer norm against PyTorch, and its independence of the batch."""

import torch
from torch import nn

from hocsau.layernorm import LayerNorm


def draw(*shape, seed=0):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=rng, dtype=torch.float64)


def test_equal_to_torch_with_gradients():
    ours, theirs = LayerNorm(6).double(), nn.LayerNorm(6).double()
    with torch.no_grad():
        for layer in (ours, theirs):
            layer.weight.copy_(1 + draw(6, seed=1))
            layer.bias.copy_(draw(6, seed=2))
    A, B = (2 + draw(7, 6, seed=3).requires_grad_() for _ in range(2))
    A.retain_grad(), B.retain_grad()
    G = draw(7, 6, seed=4)
    Y, Z = ours(A), theirs(B)
    (Y * G).sum().backward()
    (Z * G).sum().backward()
    assert (Y - Z).abs().max() < 1e-9
    assert (A.grad - B.grad).abs().max() < 1e-9
    assert (ours.weight.grad - theirs.weight.grad).abs().max() < 1e-9
    assert (ours.bias.grad - theirs.bias.grad).abs().max() < 1e-9


def test_a_sample_does_not_see_the_others_nor_the_mode():
    layer, X = LayerNorm(5).double(), draw(8, 5)
    together = layer(X)
    alone = torch.cat([layer(x[None]) for x in X])
    assert torch.allclose(together, alone)
    assert torch.equal(together, layer.eval()(X))


def test_scale_and_shift_of_a_sample_are_forgotten():
    layer, X = LayerNorm(5, eps=0.0).double(), draw(8, 5)
    assert torch.allclose(layer(X), layer(10 * X + 3))
