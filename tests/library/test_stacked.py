"""Stacked layers: each net is drawn from its own seed and computes as nn.Linear."""

from functools import partial

import pytest
import torch
from torch import nn

from hocsau.stacked import (
    Linears,
    collapsed,
    generators,
    layers,
    mlps,
    normal,
    uniform,
)
from hocsau.together import cross_entropy

RNG = torch.Generator().manual_seed(0)
X = torch.randn(40, 2, generator=RNG)
y = (X[:, 0] > X[:, 1]).long()


def test_each_net_computes_as_nn_linear_on_shared_or_own_data():
    stack = Linears(2, 5, generators([3, 8]))
    own = torch.randn(2, 7, 2, generator=RNG)
    for i in range(2):
        one = nn.Linear(2, 5)
        with torch.no_grad():
            one.weight.copy_(stack.weight[i].T)
            one.bias.copy_(stack.bias[i, 0])
        torch.testing.assert_close(stack(X)[i], one(X))
        torch.testing.assert_close(stack(own)[i], one(own[i]))


def test_uniform_has_the_bounds_of_nn_linear():
    both = torch.stack([uniform(100, 400, rng) for rng in generators([0, 1])])
    assert both.shape == (2, 101, 400) and not torch.equal(both[0], both[1])
    assert 0.0999 < both.max() <= 0.1 and -0.1 <= both.min() < -0.0999
    assert uniform(100, 400, RNG, bound=0.3).abs().max() > 0.29


def test_normal_has_its_gain_and_its_bias():
    both = normal(400, 300, RNG, gain=2.0)
    assert both[:-1].std().item() == pytest.approx(2 / 20, rel=0.02)
    assert (both[-1] == 0).all()
    bias = normal(100, 4000, RNG, bias=1.0)[-1]
    assert 0.099 < bias.max() <= 0.1 and -0.1 <= bias.min() < -0.099


def test_same_seed_same_net_whatever_the_company():
    for init in (uniform, normal, partial(normal, bias=1.0)):
        pair = mlps((2, 5, 4, 3), seeds=[4, 7], init=init)
        alone = mlps((2, 5, 4, 3), seeds=[7], init=init)
        for p, q in zip(pair.parameters(), alone.parameters(), strict=True):
            assert torch.equal(p[1], q[0])
        assert not torch.equal(pair[0].weight[0], pair[0].weight[1])


def test_purposes_do_not_share_random_numbers():
    draws = {
        tuple(torch.randperm(20, generator=rng).tolist())
        for start in (0, 1000, 2000)
        for rng in generators(range(5), start)
    }
    assert len(draws) == 15


def test_mlps_puts_modules_after_hidden_layers_only():
    nets = mlps((2, 5, 4, 3), seeds=range(6), after=lambda k: [nn.LayerNorm(k)])
    kinds = [type(module) for module in nets]
    assert kinds == [Linears, nn.LayerNorm, Linears, nn.LayerNorm, Linears]
    assert nets[3].normalized_shape == (4,)
    assert nets(torch.zeros(7, 2)).shape == (6, 7, 3)
    wide = mlps((400, 300, 300), seeds=[0])
    assert wide[-1].weight.std().item() == pytest.approx(300**-0.5, rel=0.02)


def test_layers_are_the_input_the_hidden_values_and_the_logits():
    nets = mlps((2, 5, 4, 3), seeds=range(6))
    seen = layers(nets, X)
    assert [H.shape[-1] for H in seen] == [2, 5, 4, 3]
    assert all(H.shape[:2] == (6, 40) for H in seen)
    assert torch.equal(seen[0][5], X) and torch.equal(seen[-1], nets(X))
    assert seen[1].min() == 0


def test_collapse_is_seen_and_final():
    nets = mlps((2, 3, 3, 2), seeds=range(2), init=partial(normal, bias=1.0))
    with torch.no_grad():
        nets[2].bias[0] = -100.0
    seen = layers(nets, X)
    assert collapsed(seen).tolist() == [True, False]
    assert (seen[-1][0] == seen[-1][0, 0]).all()
    cross_entropy(nets(X), y).sum().backward()
    assert nets[0].weight.grad[0].abs().max() == 0
    assert nets[0].weight.grad[1].abs().max() > 0
