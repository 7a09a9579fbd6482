"""A stack of small nets trains exactly like its nets one by one."""

import torch

from hocsau import train
from hocsau.stacked import StackedMLP, collapsed, stack_accuracy, stack_loss


def data():
    rng = torch.Generator().manual_seed(0)
    X = torch.randn(40, 2, generator=rng)
    return X, (X[:, 0] > X[:, 1]).long()


def fitted(seeds, num_epochs=30):
    X, y = data()
    net = StackedMLP((2, 5, 2), seeds=seeds)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.05)
    train.fit(net, [(X, y)], stack_loss, optimizer, num_epochs=num_epochs)
    return net


def test_shapes():
    net = StackedMLP((2, 5, 4, 3), seeds=range(6))
    layers = net.layers(torch.zeros(7, 2))
    assert [tuple(H.shape) for H in layers] == [
        (6, 7, 2),
        (6, 7, 5),
        (6, 7, 4),
        (6, 7, 3),
    ]
    assert net(torch.zeros(6, 7, 2)).shape == (6, 7, 3)


def test_a_copy_depends_on_its_seed_only():
    X, _ = data()
    together, alone = fitted((3, 8, 5)), fitted((8,))
    torch.testing.assert_close(together(X)[1:2], alone(X))
    assert not torch.allclose(together(X)[0], together(X)[1])


def test_it_learns():
    X, y = data()
    assert stack_accuracy(fitted(range(4), 100)(X), y).min() > 0.95


def test_collapse_is_seen_and_final():
    net = StackedMLP((2, 3, 3, 2), seeds=range(2))
    with torch.no_grad():
        net.biases[1][0] = -100.0
    X, y = data()
    layers = net.layers(X)
    assert collapsed(layers).tolist() == [True, False]
    assert (layers[-1][0] == layers[-1][0, 0]).all()
    stack_loss(net(X), y).backward()
    assert net.weights[0].grad[0].abs().max() == 0
    assert net.weights[0].grad[1].abs().max() > 0
