"""Many networks at once: each net behaves exactly as it would alone."""

import pytest
import torch
from torch import nn

from hocsau import manynets as mn

RNG = torch.Generator().manual_seed(0)
X = torch.randn(60, 5, generator=RNG)
y = (X[:, 0] > 0).long() + (X[:, 1] > 0).long()


def test_shapes_and_initial_scale():
    nets = mn.ManyNets([400, 300, 3], seeds=[1, 2], gain=2.0)
    assert nets.W[0].shape == (2, 400, 300) and nets.b[1].shape == (2, 1, 3)
    assert nets.W[0].std().item() == pytest.approx(2 / 20, rel=0.02)
    assert nets(torch.zeros(7, 400)).shape == (2, 7, 3)


def test_same_seed_same_net_whatever_the_company():
    pair = mn.ManyNets([5, 4, 3], seeds=[7, 9])
    alone = mn.ManyNets([5, 4, 3], seeds=[9])
    torch.testing.assert_close(pair(X)[1], alone(X)[0])


def twin(nets, i):
    net = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 3))
    with torch.no_grad():
        for layer, W, b in zip((net[0], net[2]), nets.W, nets.b, strict=True):
            layer.weight.copy_(W[i].T)
            layer.bias.copy_(b[i, 0])
    return net


@pytest.mark.parametrize("adam", [False, True])
def test_training_agrees_with_torch_optim(adam):
    seeds, lrs = [0, 1], [0.02, 0.05]
    nets = mn.ManyNets([5, 8, 3], seeds=seeds)
    models = [twin(nets, i) for i in range(2)]
    order = mn.orders(60, 2, seeds=seeds)
    mn.train(nets, X, y, lr=lrs, order=order, batch_size=20, adam=adam)
    for i, model in enumerate(models):
        kind = torch.optim.Adam if adam else torch.optim.SGD
        optimizer = kind(model.parameters(), lr=lrs[i])
        for rows in order[i].split(20):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
        torch.testing.assert_close(nets(X)[i], model(X), rtol=1e-3, atol=1e-4)


def test_losses_agree_with_torch():
    logits = torch.randn(2, 6, 3, generator=RNG)
    labels = torch.randint(0, 3, (2, 6), generator=RNG)
    for i in range(2):
        ce = nn.functional.cross_entropy(logits[i], labels[i])
        assert mn.cross_entropy(logits, labels)[i].item() == pytest.approx(ce.item())
        target = nn.functional.one_hot(labels[i], 3).float()
        mse = 3 * nn.functional.mse_loss(logits[i].softmax(1), target)
        ours = mn.squared_on_softmax(logits, labels)[i].item()
        assert ours == pytest.approx(mse.item())


def test_orders():
    never = mn.orders(4, 2, seeds=[0], shuffle="never")
    assert never.tolist() == [[0, 1, 2, 3, 0, 1, 2, 3]]
    once = mn.orders(9, 2, seeds=[0, 1], shuffle="once")
    assert torch.equal(once[:, :9], once[:, 9:]) and not torch.equal(once[0], once[1])
    each = mn.orders(9, 2, seeds=[0])[0]
    assert each[:9].sort().values.tolist() == list(range(9))
    assert not torch.equal(each[:9], each[9:])
    with pytest.raises(ValueError, match="shuffle"):
        mn.orders(4, 1, seeds=[0], shuffle="yes")


def test_learns_and_the_schedule_can_stop_it():
    nets = mn.ManyNets([5, 16, 3], seeds=range(3))
    start = [w.clone() for w in nets.W]
    order = mn.orders(60, 40, seeds=range(3))
    settings = {"lr": [0.5] * 3, "order": order, "batch_size": 20}
    mn.train(nets, X, y, schedule=lambda t: 0.0, **settings)
    assert all(torch.equal(a, b) for a, b in zip(start, nets.W, strict=True))
    mn.train(nets, X, y, **settings)
    assert mn.error(nets, X, y).max() < 0.05
