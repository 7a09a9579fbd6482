"""The range test leaves no trace and reads the curve it is given."""

import math

import pytest
import torch
from torch.nn import functional as F

from hocsau import lrrange
from hocsau.data.batches import Batches
from hocsau.models import MLP


def setup(seed=0):
    rng = torch.Generator().manual_seed(seed)
    X = torch.randn(64, 2, generator=rng)
    y = (X.sum(1) > 0).long()
    torch.manual_seed(seed)
    model = MLP((2, 8, 2))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.123, momentum=0.9)
    return model, Batches(X, y, batch_size=16, rng=rng), optimizer


def run(model, batches, optimizer, **options):
    options = {"low": 1e-3, "high": 10, "num_steps": 50} | options
    return lrrange.range_test(model, batches, F.cross_entropy, optimizer, **options)


def test_rates_grow_geometrically_and_model_is_restored():
    model, batches, optimizer = setup()
    before = [p.clone() for p in model.parameters()]
    lrs, losses = run(model, batches, optimizer, high=0.1)
    assert len(lrs) == len(losses) == 50
    assert lrs[0].item() == pytest.approx(1e-3) and lrs[-1].item() == pytest.approx(0.1)
    assert torch.allclose(lrs.log().diff(), lrs.log().diff()[0], atol=1e-4)
    for old, new in zip(before, model.parameters(), strict=True):
        assert torch.equal(old, new)
    assert optimizer.param_groups[0]["lr"] == 0.123 and not optimizer.state


def test_first_loss_is_the_untouched_model_s():
    model, batches, optimizer = setup()
    first = F.cross_entropy(model(batches.tensors[0][:16]), batches.tensors[1][:16])
    batches.rng = None
    _, losses = run(model, batches, optimizer)
    assert losses[0].item() == pytest.approx(first.item(), rel=1e-5)


def test_stops_when_the_loss_explodes():
    model, batches, optimizer = setup()
    lrs, losses = run(model, batches, optimizer, low=0.1, high=1e6, num_steps=100)
    assert len(lrs) < 100 and losses.isfinite().all()
    level = lrrange.smooth(losses)
    assert (level[:-1] <= 4 * torch.cummin(level, 0).values[:-1] + 1e-5).all()


@pytest.mark.parametrize("bad", [{"low": 0}, {"low": 2, "high": 1}, {"num_steps": 1}])
def test_refuses_an_empty_range(bad):
    with pytest.raises(ValueError, match="0 < low < high"):
        run(*setup(), **bad)


def test_one_unlucky_batch_does_not_end_the_test():
    model, batches, optimizer = setup()
    calls = []

    def spiky(output, y):
        calls.append(1)
        return F.cross_entropy(output, y) * (20 if len(calls) == 25 else 1)

    lrs, losses = lrrange.range_test(
        model, batches, spiky, optimizer, low=1e-6, high=1e-4, num_steps=40
    )
    assert len(lrs) == 40 and losses.argmax() == 24


def test_smooth_keeps_a_constant_and_averages():
    assert torch.allclose(lrrange.smooth(torch.full((9,), 3.0)), torch.tensor(3.0))
    expected = (0.1 * 4 + 0.09 * 2) / 0.19
    got = lrrange.smooth(torch.tensor([2.0, 4.0]))[1].item()
    assert got == pytest.approx(expected)


def test_suggest_reads_a_drawn_curve():
    lrs = torch.logspace(-4, 1, 101)
    valley = (lrs.log10() - math.log10(0.3)).abs() + 1
    cliff = 2 - torch.sigmoid(20 * (lrs.log10() + 2))  # steepest at 0.01
    _, tenth = lrrange.suggest(lrs, valley, beta=0)
    steep, _ = lrrange.suggest(lrs, cliff, beta=0)
    assert tenth == pytest.approx(0.03, rel=0.15)
    assert steep == pytest.approx(0.01, rel=0.15)


def test_suggest_refuses_a_rising_curve():
    lrs = torch.logspace(-2, 0, 20)
    with pytest.raises(ValueError, match="giảm low"):
        lrrange.suggest(lrs, torch.arange(20.0))
