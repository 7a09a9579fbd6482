"""Batches: every sample once, order from the generator."""

import numpy as np
import pytest

from kim.data import ArrayDataset, DataLoader

DATA = ArrayDataset(np.arange(10), np.arange(10) * 2)


def seen(loader):
    return [x.array.tolist() for x, _ in loader]


def test_in_order_with_a_short_last_batch():
    loader = DataLoader(DATA, batch_size=4)
    assert seen(loader) == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
    assert len(loader) == 3


def test_drop_last():
    loader = DataLoader(DATA, batch_size=4, drop_last=True)
    assert len(loader) == len(seen(loader)) == 2


def test_shuffle_is_a_new_permutation_each_epoch_from_rng():
    first, second = (
        DataLoader(DATA, 3, shuffle=True, rng=np.random.default_rng(5))
        for _ in range(2)
    )
    a, b = seen(first), seen(first)
    assert a != b and a == seen(second)
    assert sorted(i for ids in a for i in ids) == list(range(10))
    assert all((y.array == 2 * x.array).all() for x, y in first)


def test_bad_batch_size():
    with pytest.raises(ValueError, match="batch_size 0"):
        DataLoader(DATA, 0)
