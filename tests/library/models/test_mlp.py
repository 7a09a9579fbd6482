"""Fully connected networks."""

import pytest
import torch
from torch import nn

from hocsau.models import MLP, count_parameters


def test_layers_shapes_and_count():
    model = MLP((3, 8, 5, 2), activation=nn.Tanh)
    kinds = [type(m).__name__ for m in model]
    assert kinds == ["Linear", "Tanh", "Linear", "Tanh", "Linear"]
    assert model(torch.zeros(4, 3)).shape == (4, 2)
    assert count_parameters(model) == 3 * 8 + 8 + 8 * 5 + 5 + 5 * 2 + 2


def test_shared_and_frozen_parameters_count_once_and_not():
    model = MLP((4, 4, 4))
    model[2].weight = model[0].weight
    assert count_parameters(model) == 16 + 8
    model[0].bias.requires_grad_(False)
    assert count_parameters(model) == 16 + 4


def test_two_sizes_are_linear_and_one_is_refused():
    assert [type(m) for m in MLP((2, 3))] == [nn.Linear]
    with pytest.raises(ValueError, match="sizes"):
        MLP((2,))


def test_dropout_follows_every_hidden_layer_and_moves_no_weight():
    model = MLP((3, 8, 5, 2), dropout=0.25)
    kinds = [type(m).__name__ for m in model]
    assert kinds == ["Linear", "ReLU", "Dropout"] * 2 + ["Linear"]
    assert [m.p for m in model if isinstance(m, nn.Dropout)] == [0.25, 0.25]
    torch.manual_seed(0)
    with_dropout = MLP((3, 8, 2), dropout=0.5).eval()
    torch.manual_seed(0)
    X = torch.ones(4, 3)
    assert torch.equal(with_dropout(X), MLP((3, 8, 2))(X))


def test_norm_sits_between_linear_and_activation():
    model = MLP((3, 8, 5, 2), norm=nn.BatchNorm1d, dropout=0.25)
    kinds = [type(m).__name__ for m in model]
    block = ["Linear", "BatchNorm1d", "ReLU", "Dropout"]
    assert kinds == block * 2 + ["Linear"]
    assert [m.num_features for m in model if isinstance(m, nn.BatchNorm1d)] == [8, 5]
    assert count_parameters(model) == count_parameters(MLP((3, 8, 5, 2))) + 2 * 13
    assert type(MLP((3, 8, 2), norm=nn.LayerNorm)[1]) is nn.LayerNorm
    assert [type(m) for m in MLP((3, 2), norm=nn.LayerNorm)] == [nn.Linear]
    torch.manual_seed(0)
    plain = MLP((3, 8, 2))
    torch.manual_seed(0)
    assert torch.equal(MLP((3, 8, 2), norm=nn.LayerNorm)[0].weight, plain[0].weight)


def test_a_slice_is_a_chain_that_shares_layers():
    model = MLP((3, 8, 5, 2))
    body = model[:-1]
    assert type(body) is nn.Sequential and len(body) == 4
    assert body[0] is model[0] and model[-1].out_features == 2
    X = torch.ones(4, 3)
    assert torch.equal(model[-1](body(X)), model(X))
