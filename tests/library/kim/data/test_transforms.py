"""Image transforms keep shapes and draw from their generator."""

import numpy as np
import pytest

from kim.data import Compose, Normalize, RandomCrop, RandomHorizontalFlip
from kim.data.transforms import shift

IMG = np.arange(12.0).reshape(3, 4)


def test_flip_always_and_never():
    assert (RandomHorizontalFlip(1.0)(IMG) == IMG[:, ::-1]).all()
    assert RandomHorizontalFlip(0.0)(IMG) is IMG


def test_shift_moves_and_fills_with_zero():
    y = shift(IMG, 1, -2)
    assert y.tolist() == [[0, 0, 4, 5], [0, 0, 8, 9], [0, 0, 0, 0]]
    assert (shift(IMG, 0, 0) == IMG).all()


@pytest.mark.parametrize("shape", [(5, 6), (3, 5, 6)])
def test_crop_reaches_every_shift_and_keeps_the_shape(shape):
    img = np.ones(shape)
    crop = RandomCrop(2, rng=np.random.default_rng(0))
    results = [crop(img) for _ in range(200)]
    assert {r.shape for r in results} == {shape}
    assert len({r.tobytes() for r in results}) == 25


def test_compose_and_normalize():
    f = Compose([Normalize(2.0, 4.0), RandomHorizontalFlip(1.0)])
    assert (f(IMG) == ((IMG - 2) / 4)[:, ::-1]).all()
