"""The look-up table holds what a real training gives."""

import numpy as np
import torch
from torch.nn import functional as F

from hocsau import cohort
from hocsau.data import digits
from hocsau.search import bench


def small():
    parts = digits.load(rng=torch.Generator().manual_seed(0))
    return [(X.flatten(1)[:60], y[:60]) for X, y in parts]


def test_every_combination_once_and_in_order():
    data = small()
    found = bench.build(data, num_epochs=3)
    assert found.curves.shape == (3, 9, 4, 3, 3) and found.test.shape == (3, 9, 4, 3)
    assert np.array_equal(found.final, found.curves[..., -1])
    again = bench.build(data, num_epochs=3)
    assert np.array_equal(found.curves, again.curves)
    assert found.final[1, 5].min() < found.final[1, 0].min()  # lr 0.03 beats 1e-4


def test_axes_are_where_they_say():
    data = small()
    val = data[1]
    trials = [(0.01, 0.0, 0.0), (0.0, 0.0, 0.0)]
    curves, test = bench.column(data, 8, trials, 2, 0)
    assert curves.shape == (2, 2) and test.shape == (2,)
    start = cohort.build(64, 10, seeds=[0], hidden=8)
    logits = start(val[0])[0].detach()
    np.testing.assert_allclose(curves[1], F.cross_entropy(logits, val[1]), rtol=1e-5)
    assert curves[0, 1] < curves[0, 0] < curves[1, 0]
