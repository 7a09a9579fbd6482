"""Digits drawn with random strokes."""

import pytest
import torch

from hocsau.data import strokes


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_shape_range_and_every_class():
    X, y = strokes.draw(300, rng=rng())
    assert X.shape == (300, 1, 28, 28) and y.dtype == torch.int64
    assert X.min() == 0 and X.max() == 1
    assert set(y.tolist()) == set(range(10))
    share = (X > 0.5).float().mean((1, 2, 3))
    assert share.min() > 0.01 and share.max() < 0.4  # ink, but not a blot


def test_same_seed_same_digits_whatever_the_seed_of_the_world():
    a, b = strokes.draw(40, rng=rng(3)), strokes.draw(40, rng=rng(3))
    assert torch.equal(a[0], b[0]) and torch.equal(a[1], b[1])
    assert not torch.equal(a[0], strokes.draw(40, rng=rng(4))[0])


def test_the_curve_passes_through_its_points():
    matrix = strokes.smooth(4, 31)
    points = torch.rand(4, 2, generator=rng())
    assert torch.allclose((matrix @ points)[::10], points, atol=1e-6)
    assert torch.allclose(matrix.sum(1), torch.ones(31), atol=1e-6)


def test_ink_is_where_the_stroke_is():
    line = torch.stack([torch.linspace(2, 10, 50), torch.full((50,), 5.0)], 1)[None]
    image = strokes.ink(line, torch.tensor([1.0]), side=13)[0, 0]
    assert image[5, 2:11].min() == 1 and image[8:].sum() == 0 and image[:3].sum() == 0


def test_joined_strokes_stay_joined():
    lines = strokes.trace(2, 20, wobble=0.05, rng=rng())
    m = strokes.PER_SEGMENT * (len(strokes.SHAPES[2][0]) - 1)
    assert torch.allclose(lines[:, m - 1], lines[:, m], atol=1e-5)


def test_a_neighbour_classifier_tells_the_classes_apart():
    X, y = strokes.draw(600, rng=rng())
    new, label = strokes.draw(100, rng=rng(1))
    near = torch.cdist(new.flatten(1), X.flatten(1)).argmin(1)
    assert (y[near] == label).float().mean() > 0.8


def test_nothing_to_draw_is_an_error():
    with pytest.raises(ValueError, match="n = 0"):
        strokes.draw(0, rng=rng())
