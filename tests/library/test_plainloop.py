"""The bare loop: equal to hocsau.train, and it learns."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from hocsau import plainloop, train
from hocsau.data.batches import Batches
from hocsau.models import MLP


def blobs(n=90):
    rng = torch.Generator().manual_seed(0)
    y = torch.arange(n) % 3
    centres = torch.tensor([[0.0, 2.0], [2.0, -1.0], [-2.0, -1.0]])
    return centres[y] + 0.3 * torch.randn(n, 2, generator=rng), y


def build():
    torch.manual_seed(1)
    model = MLP((2, 8, 3), dropout=0.2)
    return model, torch.optim.Adam(model.parameters(), lr=0.01)


def shuffled(X, y):
    return Batches(X, y, batch_size=20, rng=torch.Generator().manual_seed(2))


def test_same_weights_and_numbers_as_fit():
    X, y = blobs()
    mine, optimizer = build()
    batches, rows = shuffled(X, y), []
    for _ in range(3):
        loss = plainloop.train_epoch(mine, batches, F.cross_entropy, optimizer)
        val = plainloop.evaluate(mine, [(X, y)], F.cross_entropy)
        rows.append((loss, *val))
    theirs, optimizer = build()
    history = train.fit(
        theirs, shuffled(X, y), F.cross_entropy, optimizer, num_epochs=3,
        val=[(X, y)], metrics={"accuracy": train.accuracy},
    )  # fmt: skip
    for a, b in zip(mine.parameters(), theirs.parameters(), strict=True):
        assert torch.equal(a, b)
    columns = zip(*rows, strict=True)
    for name, column in zip(("loss", "val_loss", "val_accuracy"), columns, strict=True):
        assert history[name] == pytest.approx(column, rel=1e-6)


def test_learns():
    X, y = blobs()
    model, optimizer = build()
    for _ in range(60):
        plainloop.train_epoch(model, shuffled(X, y), F.cross_entropy, optimizer)
    loss, accuracy = plainloop.evaluate(model, [(X, y)], F.cross_entropy)
    assert accuracy > 0.95 and loss < 0.3


def test_mean_is_over_samples_not_batches():
    model = nn.Linear(1, 2)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[0.0], [1.0]]))
        model.bias.zero_()
    X, y = torch.tensor([[0.0], [0.0], [3.0]]), torch.tensor([0, 0, 0])
    loss, accuracy = plainloop.evaluate(
        model, [(X[:2], y[:2]), (X[2:], y[2:])], F.cross_entropy
    )
    assert loss == pytest.approx(F.cross_entropy(model(X), y).item())
    assert accuracy == pytest.approx(2 / 3)


def test_evaluate_learns_nothing_and_switches_dropout_off():
    X, y = blobs()
    model, _ = build()
    before = {k: v.clone() for k, v in model.state_dict().items()}
    first = plainloop.evaluate(model, [(X, y)], F.cross_entropy)
    assert first == plainloop.evaluate(model, [(X, y)], F.cross_entropy)
    assert not model.training
    assert all(p.grad is None for p in model.parameters())
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())


def test_nothing_to_average():
    model, optimizer = build()
    with pytest.raises(ZeroDivisionError):
        plainloop.train_epoch(model, [], F.cross_entropy, optimizer)
