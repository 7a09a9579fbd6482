"""Batches, splits and the digits that come with scikit-learn."""

import numpy as np
import pytest
import torch

from hocsau.data import digits
from hocsau.data.batches import Batches
from hocsau.data.split import split


def test_every_row_once_in_order_or_shuffled_anew():
    X, y = torch.arange(10), torch.arange(10) * 2
    plain = list(Batches(X, y, batch_size=4))
    assert [len(a) for a, _ in plain] == [4, 4, 2]
    assert torch.cat([a for a, _ in plain]).tolist() == list(range(10))
    mixed = Batches(X, y, batch_size=4, rng=torch.Generator().manual_seed(0))
    first, second = (torch.cat([a for a, _ in mixed]) for _ in "ab")
    assert len(mixed) == 3 and not torch.equal(first, second)
    assert sorted(first.tolist()) == list(range(10))
    assert all(torch.equal(b, 2 * a) for a, b in mixed)


@pytest.mark.parametrize(
    ("tensors", "size", "words"),
    [((torch.zeros(3), torch.zeros(2)), 1, "bằng nhau"),
     ((torch.zeros(3),), 0, "batch_size"),
     ((torch.zeros(0),), 2, "không có batch nào"),
     ((np.zeros(3),), 2, "ndarray.*from_numpy"),
     (([1, 2],), 2, "list, cần tensor")],
)  # fmt: skip
def test_bad_batches_are_refused(tensors, size, words):
    with pytest.raises(ValueError, match=words):
        Batches(*tensors, batch_size=size)


def test_the_short_last_batch_can_be_dropped():
    X = torch.arange(10)
    plain = list(Batches(X, batch_size=4, drop_last=True))
    assert [a.tolist() for (a,) in plain] == [[0, 1, 2, 3], [4, 5, 6, 7]]
    rng = torch.Generator().manual_seed(0)
    mixed = Batches(X, batch_size=4, rng=rng, drop_last=True)
    seen = [torch.cat([a for (a,) in mixed]) for _ in range(20)]
    assert len(mixed) == 2 and all(len(s.unique()) == 8 for s in seen)
    assert len(torch.cat(seen).unique()) == 10  # another two are left out each time
    with pytest.raises(ValueError, match="batch_size = 11: không có batch"):
        Batches(X, batch_size=11, drop_last=True)


def test_split_is_a_partition():
    X = torch.arange(50)
    parts = split(X, X, val=0.2, test=0.1, rng=torch.Generator().manual_seed(0))
    assert [len(p[0]) for p in parts] == [35, 10, 5]
    assert sorted(torch.cat([p[0] for p in parts]).tolist()) == list(range(50))
    assert all(torch.equal(a, b) for a, b in parts)


@pytest.mark.parametrize(
    ("n", "options"),
    [(9, {"val": 0.2, "test": 0.1}), (10, {"val": 0.5, "test": 0.5}),
     (10, {"val": -0.1, "test": 0.5})],
)  # fmt: skip
def test_bad_splits_are_refused(n, options):
    with pytest.raises(ValueError, match="split"):
        split(torch.arange(10), torch.arange(n), rng=torch.Generator(), **options)


def test_digits_have_their_shapes_and_all_classes():
    data = digits.load(rng=torch.Generator().manual_seed(0))
    assert [tuple(X.shape) for X, _ in data] == [
        (1079, 1, 8, 8), (359, 1, 8, 8), (359, 1, 8, 8)
    ]  # fmt: skip
    for X, y in data:
        assert X.dtype == torch.float32 and X.min() >= 0 and X.max() == 1
        assert y.unique().tolist() == list(range(10))
