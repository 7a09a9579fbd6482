"""Parameters found by walking, state dict with torch's names, modes."""

import numpy as np
import pytest
import torch

import kim
from kim import nn


class Net(nn.Module):
    def __init__(self, rng=None):
        self.body = nn.Sequential(
            nn.Linear(3, 4, rng=rng), nn.ReLU(), nn.BatchNorm1d(4)
        )
        self.heads = [nn.Linear(4, 2, rng=rng), nn.Linear(4, 1, rng=rng)]
        self.scale = nn.Parameter(1.0)

    def forward(self, x):
        h = self.body(x)
        return self.heads[0](h) * self.scale, self.heads[1](h)


def test_names_are_those_of_torch():
    ours = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.BatchNorm1d(4))
    theirs = torch.nn.Sequential(
        torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.BatchNorm1d(4)
    )
    names = {k for k in theirs.state_dict() if "tracked" not in k}
    assert set(ours.state_dict()) == names
    assert [n for n, _ in ours.named_parameters()] == [
        n for n, _ in theirs.named_parameters()
    ]


def test_lists_of_modules_and_own_parameters_are_found():
    names = [n for n, _ in Net().named_parameters()]
    assert names == [
        "scale",
        "body.0.weight",
        "body.0.bias",
        "body.2.weight",
        "body.2.bias",
        "heads.0.weight",
        "heads.0.bias",
        "heads.1.weight",
        "heads.1.bias",
    ]
    assert len(Net().state_dict()) == len(names) + 2  # running statistics


def test_shared_parameter_is_counted_once():
    layer = nn.Linear(2, 2)
    assert len(nn.Sequential(layer, layer).parameters()) == 2


def test_train_eval_and_zero_grad_reach_every_child():
    net = Net()
    assert net.eval() is net
    assert not net.training and not net.body[2].training and not net.heads[1].training
    assert net.train().body[2].training
    a, b = net(kim.Tensor(np.ones((2, 3), np.float32)))
    (a.sum() + b.sum()).backward()
    assert all(p.grad is not None for p in net.parameters())
    net.zero_grad()
    assert all(p.grad is None for p in net.parameters())


def test_state_dict_is_a_copy_and_loads_in_place():
    a, b = Net(np.random.default_rng(0)), Net(np.random.default_rng(1))
    state = a.state_dict()
    array = b.scale.array
    state["scale"] += 1
    b.load_state_dict(state)
    assert a.scale.item() == 1 and b.scale.item() == 2 and b.scale.array is array


def test_bad_state_changes_nothing():
    net = Net()
    before = net.state_dict()
    with pytest.raises(KeyError, match=r"thiếu .*scale.*thừa .*extra"):
        bad = {k: v + 1 for k, v in before.items() if k != "scale"}
        net.load_state_dict({**bad, "extra": np.ones(1)})
    with pytest.raises(ValueError, match=r"\(\) với \(2,\)"):
        bad = {k: v + 1 for k, v in before.items()}
        net.load_state_dict({**bad, "scale": np.ones(2)})
    for k, v in net.state_dict().items():
        assert (v == before[k]).all()


def test_repr_shows_the_tree():
    text = repr(nn.Sequential(nn.Linear(2, 3), nn.Residual(nn.Dropout(0.1))))
    assert text == (
        "Sequential(\n  (0): Linear(2, 3)\n"
        "  (1): Residual(\n    (fn): Dropout(p=0.1)\n  )\n)"
    )
