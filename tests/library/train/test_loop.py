"""The training loop: what it computes, what it records, what it refuses."""

import copy
import math

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from hocsau import train
from hocsau.data.batches import Batches
from hocsau.models import MLP


def problem(n=60, seed=0):
    rng = torch.Generator().manual_seed(seed)
    X = torch.randn(n, 2, generator=rng)
    return X, (X[:, 0] * X[:, 1] > 0).long()


def linear(seed=0, sizes=(2, 2)):
    torch.manual_seed(seed)
    return MLP(sizes)


def sgd(model, lr=0.1):
    return torch.optim.SGD(model.parameters(), lr=lr)


def test_one_full_batch_epoch_is_one_step_by_hand():
    X, y = problem()
    model = linear()
    twin = copy.deepcopy(model)
    train.fit(
        model, Batches(X, y, batch_size=60), F.cross_entropy, sgd(model), num_epochs=1
    )
    F.cross_entropy(twin(X), y).backward()
    with torch.no_grad():
        for p in twin.parameters():
            p -= 0.1 * p.grad
    for a, b in zip(model.parameters(), twin.parameters(), strict=True):
        torch.testing.assert_close(a, b)


def test_learns_xor_and_records_every_epoch():
    X, y = problem(200)
    model = linear(sizes=(2, 16, 2))
    rng = torch.Generator().manual_seed(1)
    history = train.fit(
        model, Batches(X, y, batch_size=20, rng=rng), F.cross_entropy,
        torch.optim.Adam(model.parameters(), lr=0.02), num_epochs=40,
        val=[(X, y)], metrics={"accuracy": train.accuracy},
    )  # fmt: skip
    assert len(history) == 40
    assert history["val_accuracy"][-1] > 0.95 > history["val_accuracy"][0]
    assert set(history.columns) == {
        "lr", "loss", "accuracy", "val_loss", "val_accuracy"
    }  # fmt: skip


def test_means_weigh_samples_not_batches():
    X, y = torch.tensor([[1.0], [1.0], [4.0]]), torch.zeros(3, 1)
    model = nn.Identity()
    got = train.evaluate(model, Batches(X, y, batch_size=2), F.mse_loss)
    assert got["loss"] == pytest.approx(6.0)


def test_metrics_see_the_whole_set_at_once():
    X, y = problem(7)
    seen = []
    train.evaluate(
        linear(), Batches(X, y, batch_size=3), F.cross_entropy,
        {"n": lambda output, y: seen.append(tuple(output.shape)) or 0.0},
    )  # fmt: skip
    assert seen == [(7, 2)]


def test_evaluate_switches_to_eval_and_back():
    model = nn.Sequential(nn.Dropout(0.5), nn.Linear(2, 2))
    X, y = problem(8)
    model.train()
    a, b = (train.evaluate(model, [(X, y)], F.cross_entropy) for _ in "ab")
    assert a == b and model.training
    model.eval()
    train.evaluate(model, [(X, y)], F.cross_entropy)
    assert not model.training


def test_same_seed_same_numbers():
    def run():
        X, y = problem()
        model = linear()
        rng = torch.Generator().manual_seed(3)
        data = Batches(X, y, batch_size=7, rng=rng)
        return train.fit(model, data, F.cross_entropy, sgd(model), num_epochs=3)

    assert run().columns == run().columns


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        ([], ValueError, "không có batch"),
        ([(torch.zeros(3, 2), torch.zeros(2).long())], ValueError, "3 mẫu X nhưng 2"),
        ([(torch.full((2, 2), math.nan), torch.zeros(2).long())],
         ValueError, "X có 4 số nan"),
    ],
)  # fmt: skip
def test_bad_data_is_named(data, error, words):
    model = linear()
    with pytest.raises(error, match=words):
        train.fit(model, data, F.cross_entropy, sgd(model), num_epochs=2)


def test_history_refuses_changing_columns_and_names_what_it_has():
    history = train.History()
    history.add({"loss": 2.0})
    history.add({"loss": 1.0})
    history.add({"loss": 1.0})
    with pytest.raises(ValueError, match="cột"):
        history.add({"other": 1.0})
    with pytest.raises(KeyError, match="loss"):
        history["val_loss"]
    assert history.best_epoch("loss") == 2
    assert history.best_epoch("loss", mode="max") == 1
    assert history.last() == {"loss": 1.0} and "loss" in history
