"""Stacked training of many networks equals training them one by one."""

from functools import partial

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from hocsau import ensemble, train
from hocsau.data import toy
from hocsau.models import MLP
from hocsau.together import accuracy

SEEDS = (3, 4, 5)


def data(per_arm=10):
    return ensemble.draw(partial(toy.spiral, per_arm), SEEDS)


def nets(sizes=(2, 8, 3), **kwargs):
    return ensemble.build(partial(MLP, sizes, **kwargs), SEEDS)


def test_draw_stacks_one_data_set_per_seed():
    X, y = data()
    assert X.shape == (3, 30, 2) and y.shape == (3, 30)
    alone, _ = toy.spiral(10, rng=torch.Generator().manual_seed(4))
    assert torch.equal(X[1], alone)
    assert not torch.equal(X[0], X[1])


def test_each_member_is_the_network_its_seed_makes():
    stacked = nets()
    torch.manual_seed(4)
    alone = MLP((2, 8, 3))
    X = torch.randn(6, 2)
    assert len(stacked) == 3
    assert stacked(X).shape == (3, 6, 3)
    assert torch.allclose(stacked(X)[1], alone(X), atol=1e-6)
    assert torch.allclose(stacked.member(1)(X), alone(X), atol=1e-6)


def test_building_leaves_the_global_random_state_alone():
    torch.manual_seed(11)
    before = torch.get_rng_state()
    nets()
    assert torch.equal(before, torch.get_rng_state())


def test_members_see_their_own_data():
    stacked, (X, _) = nets(), data()
    out = stacked(X)
    assert torch.allclose(out[2], stacked.member(2)(X[2]), atol=1e-6)


@pytest.mark.parametrize(
    "optimizer", [partial(torch.optim.SGD, lr=0.5), partial(torch.optim.Adam, lr=0.01)]
)
def test_training_together_is_training_alone(optimizer):
    X, y = data()
    together = nets().double()
    train.fit(
        together,
        [(X.double(), y)],
        ensemble.per_member(F.cross_entropy),
        optimizer(together.parameters()),
        num_epochs=20,
    )
    for i in range(3):
        alone = nets().member(i).double()
        train.fit(
            alone,
            [(X[i].double(), y[i])],
            F.cross_entropy,
            optimizer(alone.parameters()),
            num_epochs=20,
        )
        for p, q in zip(alone.parameters(), together.weights, strict=True):
            assert torch.allclose(p, q[i], atol=1e-9)


def test_member_is_a_copy():
    stacked = nets()
    with torch.no_grad():
        stacked.member(0)[0].weight.zero_()
    assert stacked.weights[0][0].abs().sum() > 0


def test_per_member_is_the_sum_of_the_members_losses():
    stacked, (X, y) = nets(), data()
    out = stacked(X)
    total = ensemble.per_member(F.cross_entropy)(out, y)
    alone = sum(F.cross_entropy(out[i], y[i]) for i in range(3))
    assert torch.allclose(total, alone)


def test_per_member_refuses_shared_targets():
    out = torch.zeros(3, 5, 1)
    with pytest.raises(ValueError, match="expand"):
        ensemble.per_member(F.mse_loss)(out, torch.zeros(5, 1))


def test_learns_a_tiny_case():
    X, y = data()
    group = nets((2, 30, 3))
    train.fit(
        group,
        [(X, y)],
        ensemble.per_member(F.cross_entropy),
        torch.optim.Adam(group.parameters(), lr=0.03),
        num_epochs=200,
    )
    scores = accuracy(group(X), y)
    assert scores.shape == (3,) and scores.min() > 0.95


def test_spread_is_the_sample_standard_deviation():
    out = torch.tensor([[[1.0]], [[2.0]], [[6.0]]])
    mean, std = ensemble.spread(out)
    assert mean.item() == 3 and std.item() == pytest.approx(7**0.5)
    with pytest.raises(ValueError, match="spread"):
        ensemble.spread(out[:1])


def test_refuses_nothing_and_buffers():
    with pytest.raises(ValueError, match="Ensemble"):
        ensemble.Ensemble([])
    with pytest.raises(ValueError, match="buffer"):
        ensemble.Ensemble([nn.BatchNorm1d(2)])
