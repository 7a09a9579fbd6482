"""Nets trained at once: each learns exactly as it would alone with torch."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from hocsau import ensemble, optimisers, together
from hocsau.gates import gate
from hocsau.stacked import generators, mlps
from hocsau.together import Batches, fit, per_net

RNG = torch.Generator().manual_seed(0)
X = torch.randn(60, 5, generator=RNG)
y = (X[:, 0] > 0).long() + (X[:, 1] > 0).long()


def twin(nets, i):
    """Net i of a 5-8-3 stack, as a PyTorch module."""
    net = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 3))
    with torch.no_grad():
        for at in (0, 2):
            net[at].weight.copy_(nets[at].weight[i].T)
            net[at].bias.copy_(nets[at].bias[i, 0])
    return net


@pytest.mark.parametrize("name", ["SGD", "Adam", "AdamW"])
def test_each_net_learns_as_in_the_ordinary_loop(name):
    seeds, lrs, decays = [0, 1], [0.02, 0.05], [0.0, 0.1]
    nets = mlps((5, 8, 3), seeds=seeds)
    models = [twin(nets, i) for i in range(2)]
    kind = getattr(optimisers, name)
    optimiser = kind(nets.parameters(), per_net(lrs), weight_decay=per_net(decays))
    batches = Batches(X, y, batch_size=25, rngs=generators(seeds, 1000))
    assert len(batches) == 3
    history = fit(nets, batches, optimiser, num_epochs=2)
    for i, model in enumerate(models):
        rng = torch.Generator().manual_seed(1000 + seeds[i])
        kind = getattr(torch.optim, name)
        alone = kind(model.parameters(), lr=lrs[i], weight_decay=decays[i])
        for epoch in range(2):
            losses = []
            for rows in torch.randperm(60, generator=rng).split(25):
                losses.append(F.cross_entropy(model(X[rows]), y[rows]))
                alone.zero_grad()
                losses[-1].backward()
                alone.step()
            want = torch.stack(losses).mean()
            torch.testing.assert_close(history[epoch, i], want, rtol=1e-3, atol=1e-4)
        torch.testing.assert_close(nets(X)[i], model(X), rtol=1e-3, atol=1e-4)


def small_net():
    return nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))


def test_an_ensemble_learns_the_same_way():
    table, labels = gate("XOR")
    crowd = ensemble.build(small_net, [3, 5])
    alone = crowd.member(1)
    optimiser = torch.optim.SGD(crowd.parameters(), lr=0.5)
    history = fit(
        crowd, [(table, labels)], optimiser, num_epochs=40,
        loss=together.logistic_loss, score=together.accuracy,
    )  # fmt: skip
    assert history.shape == (40, 2)
    optimiser = torch.optim.SGD(alone.parameters(), lr=0.5)
    for step in range(40):
        z = alone(table).squeeze(1)
        hits = ((z > 0) == (labels == 1)).double().mean()
        assert history[step, 1] == hits
        optimiser.zero_grad()
        F.binary_cross_entropy_with_logits(z, labels).backward()
        optimiser.step()
    torch.testing.assert_close(crowd(table)[1], alone(table), rtol=1e-5, atol=1e-6)


def test_losses_agree_with_torch_on_own_and_shared_labels():
    logits = torch.randn(2, 6, 3, generator=RNG)
    labels = torch.randint(0, 3, (2, 6), generator=RNG)
    for i in range(2):
        ce = F.cross_entropy(logits[i], labels[i])
        torch.testing.assert_close(together.cross_entropy(logits, labels)[i], ce)
        shared = together.cross_entropy(logits, labels[0])[i]
        torch.testing.assert_close(shared, F.cross_entropy(logits[i], labels[0]))
        target = F.one_hot(labels[i], 3).float()
        mse = 3 * F.mse_loss(logits[i].softmax(1), target)
        torch.testing.assert_close(together.squared_on_softmax(logits, labels)[i], mse)


def test_binary_loss_and_accuracy_of_known_logits():
    logits = torch.tensor([[[0.0], [0.0]], [[30.0], [-30.0]]])
    labels = torch.tensor([1.0, 0.0])
    loss = together.logistic_loss(logits, labels)
    assert torch.allclose(loss, torch.tensor([2.0, 1.0]).log())
    assert together.accuracy(logits, labels).tolist() == [0.5, 1.0]


def test_accuracy_counts_each_net():
    output = torch.tensor([[[2.0, 1.0], [0.0, 1.0]], [[0.0, 3.0], [0.0, 1.0]]])
    assert together.accuracy(output, torch.tensor([0, 1])).tolist() == [1.0, 0.5]
    own = torch.tensor([[0, 0], [1, 1]])
    assert together.accuracy(output, own).tolist() == [0.5, 1.0]


def rows_of(shuffle, num_epochs=2, **options):
    data = torch.arange(9.0)[:, None]
    batches = Batches(
        data, torch.arange(9), batch_size=4, rngs=generators([0, 1]),
        shuffle=shuffle, **options,
    )  # fmt: skip
    for _ in range(num_epochs):
        pairs = list(batches)
        assert len(pairs) == len(batches)
        assert all((A[..., 0] == b).all() for A, b in pairs)
        yield torch.cat([b for _, b in pairs], 1)


def test_batches_shuffle_each_time_once_or_never():
    first, second = rows_of("never")
    assert first[1].tolist() == second[0].tolist() == list(range(9))
    first, second = rows_of("once")
    assert torch.equal(first, second) and not torch.equal(first[0], first[1])
    first, second = rows_of("each")
    assert first.sort(1).values[1].tolist() == list(range(9))
    assert not torch.equal(first, second)
    assert next(rows_of("each", drop_last=True)).shape == (2, 8)
    with pytest.raises(ValueError, match="shuffle"):
        list(rows_of("yes"))
    with pytest.raises(ValueError, match="không có batch nào"):
        Batches(X, y, batch_size=61, rngs=generators([0]), drop_last=True)


def test_nets_may_own_their_samples():
    A, b = together.choose(X, y, 10, generators([3, 5], 2000))
    assert A.shape == (2, 10, 5) and b.shape == (2, 10)
    order = torch.randperm(60, generator=torch.Generator().manual_seed(2005))
    assert torch.equal(A[1], X[order[:10]]) and torch.equal(b[1], y[order[:10]])
    ((C, d),) = Batches(A, b, batch_size=10, rngs=generators([0, 0]))
    assert torch.equal(C.sort(1).values, A.sort(1).values)
    assert torch.equal(d.sort(1).values, b.sort(1).values)


def test_prediction_uses_eval_mode_and_gives_the_mode_back():
    nets = mlps((5, 8, 3), seeds=[0, 1], after=lambda k: [nn.Dropout(0.5)])
    output = together.predict(nets, X)
    assert torch.equal(output, together.predict(nets, X)) and nets.training
    assert not output.requires_grad
    loss, accuracy = together.evaluate(nets, X, y)
    torch.testing.assert_close(loss, together.cross_entropy(output, y))
    assert torch.equal(accuracy, together.accuracy(output, y))


def test_it_learns_and_a_schedule_can_stop_it():
    nets, seen = mlps((5, 16, 3), seeds=range(3)), []
    start = [p.clone() for p in nets.parameters()]
    batches = Batches(X, y, batch_size=20, rngs=generators(range(3)))
    optimiser = optimisers.SGD(nets.parameters(), 0.5)
    stop = together.scheduled(optimiser, lambda t: seen.append(t) or 0.0, 6)
    fit(nets, batches, optimiser, num_epochs=2, on_step=stop)
    assert seen == [i / 6 for i in range(6)]
    assert all(map(torch.equal, start, nets.parameters()))
    scores, optimiser = [], optimisers.SGD(nets.parameters(), 0.5)
    fit(
        nets, batches, optimiser, num_epochs=40,
        on_epoch=lambda nets: scores.append(together.evaluate(nets, X, y)[1]),
    )  # fmt: skip
    assert len(scores) == 40 and scores[-1].min() > 0.95
