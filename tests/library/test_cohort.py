"""Many small networks at once behave as each would alone."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from hocsau import cohort
from hocsau.batchnorm import BatchNorm
from hocsau.dropout import Dropout
from hocsau.stacked import Linears
from hocsau.together import evaluate, predict


def toy(s=3, n=40, d=5, k=3):
    g = torch.Generator().manual_seed(1)
    X = torch.randn(s, n, d, generator=g)
    return X, (X[..., :k]).argmax(2)


def alone(nets, i):
    """Net i as a PyTorch module."""
    layers = []
    for layer in nets:
        if isinstance(layer, Linears):
            d, k = layer.weight.shape[1:]
            twin = nn.Linear(d, k)
            twin.weight.data = layer.weight.detach()[i].T.clone()
            twin.bias.data = layer.bias.detach()[i, 0].clone()
        elif isinstance(layer, BatchNorm):
            twin = nn.BatchNorm1d(layer.weight.shape[-1])
            twin.weight.data = layer.weight.detach()[i, 0].clone()
            twin.bias.data = layer.bias.detach()[i, 0].clone()
        else:
            twin = nn.ReLU()
        layers.append(twin)
    return nn.Sequential(*layers).double()


@pytest.mark.parametrize("hidden", [0, 6])
@pytest.mark.parametrize("norm", [False, True])
@pytest.mark.parametrize("adam", [False, True])
def test_each_net_learns_as_pytorch_would(hidden, norm, adam):
    X, y = toy()
    nets = cohort.build(5, 3, seeds=[0, 1, 2], hidden=hidden, norm=norm)
    nets.double()  # Adam divides rounding noise
    for module in nets:
        if isinstance(module, BatchNorm):
            module.weight.data += 0.3
    X = X.double()
    twins = [alone(nets, i) for i in range(3)]
    lr, decay = [0.01, 0.02, 0.03], [0.0, 0.1, 0.5]
    kind = torch.optim.AdamW if adam else torch.optim.SGD
    cohort.train(
        nets, X[None], y, lr=lr, weight_decay=decay, num_epochs=4,
        rng=torch.Generator().manual_seed(0), batch_size=40, adam=adam,
    )  # fmt: skip
    for i, twin in enumerate(twins):
        optimizer = kind(twin.parameters(), lr=lr[i], weight_decay=decay[i])
        for _ in range(4):  # one batch an epoch: its order does not matter
            optimizer.zero_grad()
            F.cross_entropy(twin(X[i]), y[i]).backward()
            optimizer.step()
        want = twin.eval()(X[i])
        torch.testing.assert_close(predict(nets, X)[i], want, rtol=1e-4, atol=1e-5)


def test_dropout_per_net_only_when_learning():
    g = torch.Generator().manual_seed(0)
    nets = cohort.build(5, 3, seeds=[0, 0], hidden=500, dropout=[0.0, 0.5], rng=g)
    X = torch.ones(2, 4, 5)
    calm = predict(nets, X)
    assert torch.equal(calm[0], calm[1])
    noisy = torch.stack([nets(X).detach() for _ in range(200)])
    assert torch.allclose(noisy[:, 0], calm[0].expand_as(noisy[:, 0]), atol=1e-5)
    assert noisy[:, 1].std(0).min() > 0.01
    torch.testing.assert_close(noisy[:, 1].mean((0, 1)), calm[1, 0], atol=0.05, rtol=0)
    plain = cohort.build(5, 3, seeds=[0], hidden=4)
    assert not any(isinstance(module, Dropout) for module in plain)


def test_views_are_drawn_for_each_sample():
    X = torch.arange(6.0).view(1, 6, 1)
    batches = cohort.Views(
        torch.stack([X, X + 100]), torch.arange(6)[None], batch_size=3,
        rng=torch.Generator().manual_seed(0),
    )  # fmt: skip
    seen = set()
    for _ in range(30):
        for A, b in batches:
            assert torch.equal(A[..., 0] % 100, b)
            seen.update(A.flatten().tolist())
    assert seen == {*range(6), *range(100, 106)}


def test_cosine_falls_to_zero():
    shape = torch.tensor([cohort.half_cosine(t) for t in (0, 0.25, 0.5, 1)])
    assert torch.allclose(shape, torch.tensor([1, 0.853553, 0.5, 0]), atol=1e-6)


def test_keep_best_gives_back_the_lowest_loss():
    X, y = toy()
    nets = cohort.build(5, 3, seeds=[0, 1, 2], hidden=20, norm=True)
    keep, losses = cohort.KeepBest(X, y.flip(1)), []

    def look(nets):
        keep(nets)
        losses.append(evaluate(nets, X, y.flip(1))[0])

    cohort.train(
        nets, X[None], y, lr=0.03, rng=torch.Generator().manual_seed(0),
        num_epochs=20, cosine=True, on_epoch=look,
    )  # fmt: skip
    best = torch.stack(losses).min(0).values
    assert (best < losses[-1]).any()  # learning y makes the flipped labels worse
    keep.restore(nets)
    torch.testing.assert_close(evaluate(nets, X, y.flip(1))[0], best)


def test_it_learns():
    X, y = toy(n=200)
    nets = cohort.build(5, 3, seeds=range(3), hidden=16)
    cohort.train(nets, X[None], y, lr=0.02, num_epochs=20,
                 rng=torch.Generator().manual_seed(0))  # fmt: skip
    loss, accuracy = evaluate(nets, X, y)
    assert accuracy.min() > 0.9 and loss.max() < 0.4
