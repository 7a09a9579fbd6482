"""Spread of each initialiser, fans, generator."""

import numpy as np
import pytest
import torch

from kim import init

SHAPE = (300, 500)  # (out, in)


@pytest.mark.parametrize(
    "name, options, std",
    [
        ("xavier_uniform", {}, np.sqrt(2 / 800)),
        ("xavier_normal", {"gain": 2.0}, 2 * np.sqrt(2 / 800)),
        ("kaiming_uniform", {}, np.sqrt(2 / 500)),
        ("kaiming_normal", {"nonlinearity": "linear"}, np.sqrt(1 / 500)),
    ],
)
def test_standard_deviation(name, options, std, rng=0):
    f = getattr(init, name)
    w = f(SHAPE, rng=np.random.default_rng(rng), **options)
    assert w.shape == SHAPE and w.dtype == np.float32 and not w.requires_grad
    assert w.array.std() == pytest.approx(std, rel=0.01)
    if "uniform" in name:
        assert np.abs(w.array).max() == pytest.approx(std * np.sqrt(3), rel=0.001)


def test_same_generator_same_numbers():
    a, b = (init.normal((3,), rng=np.random.default_rng(7)) for _ in range(2))
    assert (a.array == b.array).all()


@pytest.mark.parametrize("name", ["linear", "relu", "tanh", "sigmoid"])
def test_gain_matches_torch(name):
    expected = torch.nn.init.calculate_gain(name)
    assert init.calculate_gain(name) == pytest.approx(expected)


def test_fans_match_torch():
    shape = (8, 3, 5, 5)
    expected = torch.nn.init._calculate_fan_in_and_fan_out(torch.empty(shape))
    assert init.fans(shape) == expected


def test_clear_errors():
    with pytest.raises(ValueError, match="gelu"):
        init.calculate_gain("gelu")
    with pytest.raises(ValueError, match=r"\(5,\)"):
        init.kaiming_normal((5,))


def test_float64_and_device():
    assert init.uniform((2,), dtype="float64").dtype == np.float64
    with pytest.raises(ValueError, match="cpu"):
        init.uniform((2,), device="cuda")
