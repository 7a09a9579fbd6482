"""The cubic regression data."""

import math

import pytest
import torch

from hocsau.data import curves


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_shapes_and_range():
    X, y = curves.cubic(11, lim=2.0, rng=rng())
    assert X.shape == y.shape == (11, 1) and X.dtype == torch.float32
    assert X[0] == -2 and X[-1] == 2


def test_noise_is_centred_with_the_stated_spread():
    X, y = curves.cubic(20_000, noise=0.6, rng=rng())
    left = y - X**3
    assert abs(left.mean()) < 0.005
    assert math.isclose(left.std(), 0.6 / math.sqrt(12), rel_tol=0.02)
    assert left.abs().max() <= 0.3 + 1e-6


def test_no_noise_is_the_cubic_and_seeds_repeat():
    X, y = curves.cubic(5, noise=0.0, rng=rng())
    assert torch.equal(y, X**3)
    a, b = (curves.cubic(5, rng=rng(7))[1] for _ in range(2))
    assert torch.equal(a, b)


@pytest.mark.parametrize("bad", [{"n": 1}, {"lim": 0.0}, {"noise": -1.0}])
def test_refuses_nonsense(bad):
    with pytest.raises(ValueError, match="cubic"):
        curves.cubic(**{"n": 5, "rng": rng(), **bad})
