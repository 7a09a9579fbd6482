"""Chains of equal layers, with and without skip connections."""

import pytest
import torch
from torch import nn

from hocsau.models.chain import Chain, Link, flow


def test_shapes_and_parameters():
    x = torch.randn(5, 6, 8, 8)
    assert Chain(6, 3)(x).shape == x.shape
    assert Chain(6, 3, conv=False)(torch.randn(5, 6)).shape == (5, 6)
    assert sum(p.numel() for p in Chain(6, 2).parameters()) == 2 * (36 * 9 + 6)
    assert isinstance(Chain(6, 1, norm=True)[0].norm, nn.BatchNorm2d)


def test_link_is_the_formula():
    torch.manual_seed(0)
    link = Link(4, conv=False, init="he", norm=False, skip=0.5)
    h = torch.randn(3, 4)
    want = h + 0.5 * (h @ link.mix.weight.T + link.mix.bias).clamp(min=0)
    assert torch.allclose(link(h), want)
    link.skip = None
    assert (link(h) >= 0).all()


def test_zero_skip_scale_is_the_identity_and_flows_perfectly():
    h = torch.randn(6, 4)
    chain = Chain(4, 10, conv=False, skip=0.0)
    assert torch.equal(chain(h), h)
    gradient, kept = flow(chain, h)
    assert abs(gradient - 1) < 1e-5 and abs(kept - 1) < 1e-6


def test_plain_default_chain_starves_and_scaled_skip_does_not():
    def both(**options):
        torch.manual_seed(0)
        return flow(Chain(32, 24, conv=False, **options), torch.randn(40, 32))

    plain, kept_plain = both(init="default")
    skip, kept = both(skip=24**-0.5)
    assert plain < 1e-6 and 0.5 < skip < 5 and kept > kept_plain


def test_skip_of_one_doubles_the_squared_gradient_each_layer():
    ratios = []
    for seed in range(10):
        torch.manual_seed(seed)
        chain = Chain(256, 4, conv=False, skip=1.0)
        ratios.append(flow(chain, torch.randn(16, 256))[0])
    assert 3.5 < sorted(ratios)[5] < 5  # 2^(4/2) = 4


def test_unknown_init_is_named():
    with pytest.raises(ValueError, match="'xavier'"):
        Chain(4, 2, init="xavier")
