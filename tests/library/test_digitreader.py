"""The digit reader: it learns, never reads what it has learned, pools."""

import pytest
import torch

from hocsau import digitlab, digitreader, metrics
from hocsau.data import digit_forms

X, y, form = digit_forms.load()
FEW = form < 4
X, y, form = X[FEW], y[FEW], form[FEW]
QUICK = digitreader.USUAL | {"num_epochs": 6}


def test_it_learns_and_leaves_the_global_generator_alone():
    before = torch.random.get_rng_state()
    model = digitreader.fit(X, y, seed=0, **QUICK)
    assert torch.equal(before, torch.random.get_rng_state())
    assert not model.training
    assert metrics.accuracy(digitlab.logits(model, X), y) > 0.7


def test_same_seed_same_reader_other_seed_another():
    short = QUICK | {"num_epochs": 1}
    Z = [
        digitlab.logits(digitreader.fit(X, y, seed=s, **short), X[:9])
        for s in (0, 0, 1)
    ]
    assert torch.equal(Z[0], Z[1]) and not torch.equal(Z[0], Z[2])


def test_held_out_images_are_read_by_a_network_that_never_saw_them(monkeypatch):
    seen = []

    class Memory(torch.nn.Module):
        def __init__(self, X):
            super().__init__()
            self.keys = {tuple(x.flatten().tolist()) for x in X}
            self.w = torch.nn.Parameter(torch.zeros(1))

        def forward(self, X):
            known = [tuple(x.flatten().tolist()) in self.keys for x in X]
            seen.extend(known)
            return torch.zeros(len(X), 10)

    monkeypatch.setattr(digitreader, "fit", lambda X, y, **_: Memory(X))
    Z = digitreader.held_out(X, y, form, seed=0)
    assert Z.shape == (len(X), 10)
    assert len(seen) == len(X) and not any(seen)


def test_one_fold_or_a_short_fold_is_refused():
    for fold in (torch.zeros(len(X)), form[:5]):
        with pytest.raises(ValueError, match="fold"):
            digitreader.held_out(X, y, fold, seed=0, **QUICK)


def test_pooling_averages_probabilities():
    rng = torch.Generator().manual_seed(0)
    Z = torch.randn(3, 5, 10, generator=rng)
    P = digitreader.pooled(Z).exp()
    assert torch.allclose(P, Z.softmax(2).mean(0), atol=1e-6)
    assert torch.allclose(digitreader.pooled([Z[0]]).softmax(1), Z[0].softmax(1))
