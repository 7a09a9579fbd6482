"""Freezing and a new head: only what should learn changes."""

import pytest
import torch
from torch import nn

from hocsau import finetune


def net():
    torch.manual_seed(0)
    body = nn.Sequential(nn.Linear(3, 4), nn.ReLU())
    return nn.Sequential(body, nn.Linear(4, 2))


def test_only_the_new_head_moves():
    model = net()
    before = {n: p.clone() for n, p in model.state_dict().items()}
    finetune.freeze(model)
    finetune.replace_head(model, "1", 5)
    assert [p.shape for p in finetune.trainable(model)] == [(5, 4), (5,)]
    optimizer = torch.optim.SGD(finetune.trainable(model), lr=0.1)
    start = model[1].weight.detach().clone()
    model(torch.ones(6, 3)).square().sum().backward()
    optimizer.step()
    assert not torch.equal(model[1].weight, start)
    for name in ("0.0.weight", "0.0.bias"):
        assert torch.equal(model.state_dict()[name], before[name])


def test_freeze_by_name_and_nested_head():
    model = net()
    finetune.freeze(model, "0.")
    assert len(finetune.trainable(model)) == 2
    finetune.replace_head(model, "0.0", 7)
    assert model[0][0].out_features == 7 and model[0][0].in_features == 3
    double = net().double()
    finetune.replace_head(double, "1", 3)
    assert double[1].weight.dtype == torch.float64


def test_wrong_names_are_answered_with_the_right_ones():
    with pytest.raises(ValueError, match=r"'thân'.*0, 1"):
        finetune.freeze(net(), "thân")
    with pytest.raises(ValueError, match=r"0\.1.*0\.0, 1"):
        finetune.replace_head(net(), "0.1", 3)


def test_nothing_left_to_learn_is_said():
    model = net()
    finetune.replace_head(model, "1", 5)
    finetune.freeze(model)
    with pytest.raises(ValueError, match="freeze trước, rồi mới replace_head"):
        finetune.trainable(model)


def test_frozen_statistics_still_run_until_eval():
    """What freeze promises not to do, so that its docstring stays true."""
    body = nn.BatchNorm1d(3)
    finetune.freeze(body)
    before = body.running_mean.clone()
    body(torch.ones(4, 3))
    assert not torch.equal(body.running_mean, before)
    after = body.running_mean.clone()
    body.eval()(torch.zeros(4, 3))
    assert torch.equal(body.running_mean, after)
