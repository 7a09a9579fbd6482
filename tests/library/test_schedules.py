"""Named schedules against their formulas; many nets against one net by hand."""

import math

import pytest
import torch
from torch.nn import functional as F

from hocsau import schedules
from hocsau.stacked import generators, mlps
from hocsau.together import evaluate


def expected(name, t, T):
    if name == "hằng":
        return 1.0
    if name == "bậc thang":
        return 0.1 ** ((t >= T // 2) + (t >= T * 3 // 4))
    if name == "mũ":
        return 0.01 ** (t / T)
    if name == "cosin":
        return 0.5 * (1 + math.cos(math.pi * t / T))
    rise = T // 10
    if t < rise:
        return (t + 1) / rise if t else 1 / rise
    return 0.5 * (1 + math.cos(math.pi * (t - rise) / (T - rise)))


@pytest.mark.parametrize("name", ["hằng", "bậc thang", "mũ", "cosin"])
def test_formulas(name):
    got = schedules.trace(schedules.SCHEDULES[name], 100, lr=0.3)
    want = torch.tensor([0.3 * expected(name, t, 100) for t in range(100)])
    assert torch.allclose(got, want, rtol=1e-4, atol=1e-8)


def test_warmup_rises_straight_then_falls_to_zero():
    got = schedules.trace(schedules.warmup_cosine, 100)
    rise = got[:11]
    assert torch.allclose(rise.diff()[:9], rise.diff()[0], atol=1e-6)
    assert got[0].item() == pytest.approx(0.1) and got[10].item() == pytest.approx(1)
    assert got.argmax() == 10 and 0 < got[-1] < 1e-2
    tail = torch.tensor([expected("khởi động", t, 100) for t in range(10, 100)])
    assert torch.allclose(got[10:], tail, atol=1e-5)


def test_one_cycle_moves_momentum_the_other_way():
    lr = schedules.trace(schedules.one_cycle, 200)
    momentum = schedules.trace(schedules.one_cycle, 200, key="momentum")
    assert lr.max().item() == pytest.approx(1, abs=1e-4)
    assert lr[0].item() == pytest.approx(1 / 25) and lr[-1] < 1e-3
    assert abs(momentum.argmin() - lr.argmax()) <= 1 and momentum.min().item() < 0.86
    assert momentum.max().item() == pytest.approx(0.95)


def test_plateau_halves_after_three_bad_epochs():
    optimizer = schedules.holder(1.0)
    plan, seen = schedules.plateau(optimizer, 10), []
    for loss in (1.0, 0.9, 0.95, 0.95, 0.95, 0.8, 0.9, 0.9, 0.9):
        plan.epoch_end(loss)
        seen.append(optimizer.param_groups[0]["lr"])
    assert seen == [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25]


def problem():
    rng = torch.Generator().manual_seed(0)
    X = torch.randn(48, 2, generator=rng)
    return X, (X.sum(1) > 0).long()


@pytest.mark.parametrize("name", ["cosin", "một chu kỳ"])
def test_compare_agrees_with_one_net_in_plain_pytorch(name):
    X, y = problem()
    _, losses = schedules.compare(
        schedules.SCHEDULES[name], X, y, (X, y), sizes=(2, 4, 2), lrs=[0.05, 0.1],
        seeds=[0, 1], num_epochs=3, batch_size=16,
    )  # fmt: skip
    assert losses.shape == (3, 2, 2)
    params = list(mlps((2, 4, 2), seeds=[1]).parameters())
    optimizer = torch.optim.SGD(params, lr=0.1, momentum=0.9)
    plan = schedules.SCHEDULES[name](optimizer, 9)
    W1, b1, W2, b2 = params

    def forward(X):
        return ((X @ W1[0] + b1[0]).relu() @ W2[0]) + b2[0]

    (rng,) = generators([1], 1000)
    order = torch.cat([torch.randperm(48, generator=rng) for _ in range(3)])
    for rows in order.split(16):
        optimizer.zero_grad()
        F.cross_entropy(forward(X[rows]), y[rows]).backward()
        optimizer.step()
        plan.step()
    got = F.cross_entropy(forward(X), y)
    assert losses[-1, 1, 1].item() == pytest.approx(got.item(), abs=1e-4)


def test_every_schedule_learns():
    X, y = problem()
    for make in schedules.SCHEDULES.values():
        nets, losses = schedules.compare(
            make, X, y, (X, y), sizes=(2, 8, 2), lrs=[0.1], seeds=[0, 1], num_epochs=8,
            batch_size=16,
        )  # fmt: skip
        assert (losses[-1] < losses[0]).all()
        assert (evaluate(nets, X, y)[1] > 0.8).all()


def test_plateau_gives_every_net_its_own_plan(monkeypatch):
    X, y = problem()
    ends = []

    class Spy(schedules.Plateau):
        def epoch_end(self, val_loss):
            ends.append(val_loss)

    monkeypatch.setattr(schedules, "plateau", lambda o, n: Spy(o))
    _, losses = schedules.compare(
        schedules.plateau, X, y, (X, y), sizes=(2, 4, 2), lrs=[0.05, 0.1],
        seeds=[0, 1, 2], num_epochs=2, batch_size=16,
    )  # fmt: skip
    assert ends == losses.flatten().tolist() and len(set(ends)) == 12
