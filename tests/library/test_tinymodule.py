"""The register behind nn.Module, in miniature."""

import pytest
import torch
from torch import nn

from hocsau.tinymodule import TinyModule


def net(base, linear):
    """The same two-level network on either base class."""

    class Inner(base):
        def __init__(self):
            super().__init__()
            self.first = linear(3, 4)
            self.scale = nn.Parameter(torch.ones(1))

        def forward(self, X):
            return torch.relu(self.first(X)) * self.scale

    class Outer(base):
        def __init__(self):
            super().__init__()
            self.shift = nn.Parameter(torch.zeros(2))
            self.body = Inner()
            self.head = linear(4, 2)

        def forward(self, X):
            return self.head(self.body(X)) + self.shift

    return Outer()


class TinyLinear(TinyModule):
    def __init__(self, d, k):
        super().__init__()
        made = nn.Linear(d, k)
        self.weight, self.bias = made.weight, made.bias

    def forward(self, X):
        return X @ self.weight.T + self.bias


def test_names_order_and_values_agree_with_torch():
    torch.manual_seed(0)
    tiny = net(TinyModule, TinyLinear)
    torch.manual_seed(0)
    full = net(nn.Module, nn.Linear)
    ours, theirs = dict(tiny.named_parameters()), dict(full.named_parameters())
    assert list(ours) == list(theirs)
    assert list(tiny.state_dict()) == list(full.state_dict())
    assert all(torch.equal(ours[k], theirs[k]) for k in ours)
    X = torch.randn(5, 3, generator=torch.Generator().manual_seed(1))
    assert torch.allclose(tiny(X), full(X), atol=1e-6)


def test_plain_tensors_and_lists_are_not_registered():
    class Careless(TinyModule):
        def __init__(self):
            super().__init__()
            self.plain = torch.zeros(2, requires_grad=True)
            self.listed = [TinyLinear(2, 2)]

    assert list(Careless().named_parameters()) == []


def test_train_reaches_every_child():
    tiny = net(TinyModule, TinyLinear).train(False)
    assert not tiny.body.first.training
    assert tiny.train().body.first.training


def test_state_shares_memory_and_loads_into_another():
    a, b = net(TinyModule, TinyLinear), net(TinyModule, TinyLinear)
    state = a.state_dict()
    b.load_state_dict(state)
    X = torch.ones(2, 3)
    assert torch.equal(a(X), b(X))
    with torch.no_grad():
        a.shift += 1
    assert state["shift"].tolist() == [1, 1]
    assert b.shift.tolist() == [0, 0]


def test_mismatches_name_the_entries():
    tiny = net(TinyModule, TinyLinear)
    state = dict(tiny.state_dict())
    del state["shift"]
    with pytest.raises(ValueError, match="shift"):
        tiny.load_state_dict(state)
    state["shift"] = torch.zeros(3)
    with pytest.raises(ValueError, match="shift"):
        tiny.load_state_dict(state)
