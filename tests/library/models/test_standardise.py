"""Standardisation that travels with the model."""

import pytest
import torch
from torch import nn

from hocsau.data import cancer
from hocsau.data.scale import standardise
from hocsau.models import Standardise


def test_agrees_with_the_scaled_split():
    raw = cancer.load(rng=torch.Generator().manual_seed(0))
    layer = Standardise(raw.train[0])
    for (X, _), (Z, _) in zip(raw, standardise(raw), strict=True):
        assert torch.allclose(layer(X), Z, atol=1e-4)


def test_is_saved_and_moved_but_not_learned():
    layer = Standardise(torch.tensor([[1.0, 7.0], [3.0, 7.0]]))
    assert list(layer.parameters()) == []
    assert set(layer.state_dict()) == {"mean", "std"}
    assert layer(torch.tensor([[2.0, 9.0]])).tolist() == [[0.0, 2.0]]
    other = Standardise(torch.zeros(2, 2))
    other.load_state_dict(layer.state_dict())
    assert torch.equal(other.mean, layer.mean)
    assert layer.double().std.dtype == torch.float64
    model = nn.Sequential(layer, nn.Linear(2, 1))
    assert "0.mean" in model.state_dict()


def test_a_vector_is_refused():
    with pytest.raises(ValueError, match=r"\(3,\)"):
        Standardise(torch.zeros(3))
