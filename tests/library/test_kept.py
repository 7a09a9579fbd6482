"""Bytes and nodes that autograd holds on to."""

import torch
from torch import nn
from torch.nn import functional as F

from hocsau.kept import Kept, graph_size


def setting():
    model = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
    return model, torch.ones(5, 3)


def test_bytes_of_a_small_graph():
    model, X = setting()
    with Kept(model) as kept:
        assert kept.bytes() == 0
        out = model(X)
        # the input (5, 3) and the tanh output (5, 4), which two nodes share
        assert kept.bytes() == 4 * (15 + 20)
        out.sum().backward()
        assert kept.bytes() == 0  # backward lets go


def test_let_go_with_the_graph_and_no_grad_holds_nothing():
    model, X = setting()
    with Kept(model) as kept:
        out = model(X)
        del out
        assert kept.bytes() == 0
        with torch.no_grad():
            out = model(X)
        assert kept.bytes() == 0 and out.shape == (5, 1)


def test_gradients_are_unchanged():
    model, X = setting()
    model(X).sum().backward()
    expected = [p.grad.clone() for p in model.parameters()]
    model.zero_grad()
    with Kept(model):
        model(X).sum().backward()
    for p, e in zip(model.parameters(), expected, strict=True):
        assert torch.equal(p.grad, e)


def test_watch_grows_when_outputs_are_collected():
    model, X = setting()
    kept, log, outs = Kept(model), [], []
    with kept:
        for (x,) in kept.watch([(X + i,) for i in range(3)], log):
            outs.append(model(x))
    assert log == [140, 280, 420]


def test_graph_size():
    w = torch.ones(2, requires_grad=True)
    assert graph_size(3.0) == 0 and graph_size(w) == 0
    assert graph_size(w * 2) == 2  # multiplication and the leaf
    total = 0.0
    for i in range(4):
        total = total + F.relu(w).sum()
        assert graph_size(total) == 1 + 3 * (i + 1)
