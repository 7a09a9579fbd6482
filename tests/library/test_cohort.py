"""Many small networks at once behave as each would alone."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from hocsau import cohort


def toy(s=3, n=40, d=5, k=3):
    g = torch.Generator().manual_seed(1)
    X = torch.randn(s, n, d, generator=g)
    return X, (X[..., :k]).argmax(2)


def alone(nets, i):
    """Net i as a PyTorch module."""
    W, b, *rest = (p.detach()[i] for p in nets.params)
    first = nn.Linear(*W.shape)
    layers = [first]
    first.weight.data, first.bias.data = W.T.clone(), b[0].clone()
    if rest:
        if nets.norm:
            norm = nn.BatchNorm1d(W.shape[1])
            norm.weight.data = rest[2][0].clone()
            norm.bias.data = rest[3][0].clone()
            layers.append(norm)
        last = nn.Linear(*rest[0].shape)
        last.weight.data, last.bias.data = rest[0].T.clone(), rest[1][0].clone()
        layers += [nn.ReLU(), last]
    return nn.Sequential(*layers).double()


@pytest.mark.parametrize("hidden", [0, 6])
@pytest.mark.parametrize("norm", [False, True])
@pytest.mark.parametrize("adam", [False, True])
def test_each_net_learns_as_pytorch_would(hidden, norm, adam):
    X, y = toy()
    nets = cohort.Cohort(5, 3, seeds=[0, 1, 2], hidden=hidden, norm=norm)
    for p in nets.params + nets.running:  # float64: Adam divides rounding noise
        p.data = p.data.double()
    for p in nets.params[4:]:
        p.data.add_(0.3)
    X = X.double()
    twins = [alone(nets, i) for i in range(3)]
    lr, decay = [0.01, 0.02, 0.03], [0.0, 0.1, 0.5]
    kind = torch.optim.AdamW if adam else torch.optim.SGD
    cohort.train(
        nets, X[None], y, lr=torch.tensor(lr), weight_decay=torch.tensor(decay),
        rng=torch.Generator().manual_seed(0), num_epochs=4, batch_size=40, adam=adam,
    )  # fmt: skip
    for i, twin in enumerate(twins):
        options = {"weight_decay": decay[i]} if adam else {}
        optimizer = kind(twin.parameters(), lr=lr[i], **options)
        for _ in range(4):  # one batch an epoch: its order does not matter
            optimizer.zero_grad()
            F.cross_entropy(twin(X[i]), y[i]).backward()
            if not adam:
                with torch.no_grad():
                    for p in twin.parameters():
                        p.mul_(1 - lr[i] * decay[i])
            optimizer.step()
        twin.eval()
        torch.testing.assert_close(nets(X)[i], twin(X[i]), rtol=1e-4, atol=1e-5)


def test_seed_alone_decides_the_start_and_batches_differ():
    a = cohort.Cohort(5, 3, seeds=[4, 7], hidden=6)
    b = cohort.Cohort(5, 3, seeds=[7], hidden=6)
    for p, q in zip(a.params, b.params, strict=True):
        assert torch.equal(p[1], q[0]) and not torch.equal(p[0], q[0])
    assert a.params[0].abs().max() <= 5**-0.5


def test_dropout_per_net_only_when_learning():
    nets = cohort.Cohort(5, 3, seeds=[0, 0], hidden=500, dropout=[0.0, 0.5])
    X = torch.ones(2, 4, 5)
    calm = nets(X)
    assert torch.equal(calm[0], calm[1])
    g = torch.Generator().manual_seed(0)
    noisy = torch.stack([nets(X, rng=g) for _ in range(200)])
    assert torch.allclose(noisy[:, 0], calm[0].expand_as(noisy[:, 0]), atol=1e-5)
    assert noisy[:, 1].std(0).min() > 0.01
    torch.testing.assert_close(noisy[:, 1].mean((0, 1)), calm[1, 0], atol=0.05, rtol=0)


def test_views_are_drawn_for_each_sample():
    seen = set()

    class Spy(cohort.Cohort):
        def __call__(self, X, *, rng=None):
            seen.update(X.flatten().tolist())
            return super().__call__(X, rng=rng)

    X = torch.arange(6.0).view(1, 6, 1)
    views = torch.stack([X, X + 100])
    cohort.train(
        Spy(1, 2, seeds=[0]), views, torch.zeros(1, 6, dtype=torch.long), lr=0.0,
        rng=torch.Generator().manual_seed(0), num_epochs=30, batch_size=3,
    )  # fmt: skip
    assert seen == {*range(6), *range(100, 106)}


def test_keep_best_gives_back_the_lowest_loss():
    X, y = toy()
    nets = cohort.Cohort(5, 3, seeds=[0, 1, 2], hidden=20, norm=True)
    keep, losses = cohort.KeepBest(X, y.flip(1)), []
    cohort.train(
        nets, X[None], y, lr=0.03, rng=torch.Generator().manual_seed(0),
        num_epochs=20, cosine=True,
        watch=[keep, lambda e, n: losses.append(cohort.evaluate(n, X, y.flip(1))[0])],
    )  # fmt: skip
    best = torch.stack(losses).min(0).values
    assert (best < losses[-1]).any()  # learning y makes the flipped labels worse
    keep.restore(nets)
    torch.testing.assert_close(cohort.evaluate(nets, X, y.flip(1))[0], best)


def test_learns_and_reports_accuracy():
    X, y = toy(n=200)
    nets = cohort.Cohort(5, 3, seeds=range(3), hidden=16)
    cohort.train(nets, X[None], y, lr=0.02, num_epochs=20,
                 rng=torch.Generator().manual_seed(0))  # fmt: skip
    loss, accuracy = cohort.evaluate(nets, X, y)
    assert accuracy.min() > 0.9 and loss.max() < 0.4
    hits = (nets(X)[1].argmax(1) == y[1]).double().mean()
    assert np.isclose(accuracy[1], hits)
