"""Stopping rules read from a list of losses, and the recorded nets behind them."""

import pytest
import torch
from torch.nn import functional as F

from hocsau import stopping, train
from hocsau.models import MLP
from hocsau.stacked import generators, mlps


class Scripted(train.Callback):
    def __init__(self, values):
        self.values = values

    def on_epoch_end(self, run):
        run.history.columns["val_loss"][-1] = self.values[run.epoch - 1]


@pytest.mark.parametrize("patience", [1, 2, 5, 50])
@pytest.mark.parametrize("min_delta", [0.0, 0.2])
def test_patience_stop_agrees_with_early_stopping(patience, min_delta):
    for seed in range(10):
        rng = torch.Generator().manual_seed(seed)
        values = torch.rand(15, generator=rng, dtype=torch.float64).tolist()
        model = MLP((2, 2))
        batch = [(torch.ones(4, 2), torch.tensor([0, 1, 0, 1]))]
        stopper = train.EarlyStopping(patience, min_delta=min_delta)
        history = train.fit(
            model, batch, F.cross_entropy, torch.optim.SGD(model.parameters(), lr=0.1),
            num_epochs=15, val=batch, callbacks=[Scripted(values), stopper],
        )  # fmt: skip
        got = stopping.patience_stop(values, patience, min_delta=min_delta)
        assert got == (stopper.best_epoch, len(history))


def test_patience_stop_needs_something():
    with pytest.raises(ValueError, match="patience = 0"):
        stopping.patience_stop([1.0], 0)
    with pytest.raises(ValueError, match="0 epoch"):
        stopping.patience_stop([], 1)


def test_gl_stop_is_prechelt_s_rule():
    losses = [2.0, 1.0, 1.04, 1.2, 0.5, 0.9]
    assert stopping.gl_stop(losses, 3) == (2, 3)
    assert stopping.gl_stop(losses, 5) == (2, 4)
    assert stopping.gl_stop(losses, 50) == (5, 6)
    assert stopping.gl_stop(losses, 1000) == (5, 6)


def problem(n=60):
    rng = torch.Generator().manual_seed(0)
    X = torch.randn(n, 2, generator=rng)
    return X, (X.sum(1) > 0).long()


def test_snapshots_learn_and_agree_with_plain_pytorch():
    X, y = problem()
    fit, loss, hit = stopping.snapshots(
        (X, y), (X, y), sizes=(2, 4, 2), seeds=(3, 4), num_train=20, num_epochs=5,
        lr=0.2, batch_size=5, weight_decay=0.01,
    )  # fmt: skip
    assert fit.shape == (5, 2) and loss.shape == hit.shape == (5, 2, 60)
    params = list(mlps((2, 4, 2), seeds=[4]).parameters())
    optimizer = torch.optim.SGD(params, lr=0.2, weight_decay=0.01)

    def forward(X):
        W1, b1, W2, b2 = (p[0] for p in params)
        return (X @ W1 + b1).relu() @ W2 + b2

    (rng,) = generators([4], 2000)
    mine = torch.randperm(60, generator=rng)[:20]  # the net's own images
    for _ in range(5):
        for rows in torch.randperm(20, generator=rng).split(5):
            optimizer.zero_grad()
            F.cross_entropy(forward(X[mine[rows]]), y[mine[rows]]).backward()
            optimizer.step()
    expected = F.cross_entropy(forward(X), y, reduction="none")
    assert torch.allclose(loss[-1, 1], expected, atol=1e-4)


def test_snapshots_learn_an_easy_problem():
    data = problem()
    fit, _, hit = stopping.snapshots(
        data, data, sizes=(2, 8, 2), seeds=range(3), num_train=40, num_epochs=30
    )
    assert (fit[-1] < fit[0]).all() and hit[-1].float().mean() > 0.85
