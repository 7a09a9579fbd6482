"""Samples one by one and in groups."""

import numpy as np
import pytest

from kim.data import ArrayDataset, Dataset


class Squares(Dataset):
    def __len__(self):
        return 10

    def __getitem__(self, i):
        return np.array([i, i * i]), i % 2


def test_batch_of_any_dataset_stacks_samples():
    x, y = Squares().batch([1, 3, 2])
    assert x.tolist() == [[1, 1], [3, 9], [2, 4]] and y.tolist() == [1, 1, 0]


def test_array_dataset_gives_rows_and_groups():
    data = ArrayDataset(np.arange(6).reshape(3, 2), [7, 8, 9])
    x, y = data[1]
    assert len(data) == 3 and x.tolist() == [2, 3] and y == 8
    assert data.batch(np.array([2, 0]))[1].tolist() == [9, 7]


def test_different_lengths():
    with pytest.raises(ValueError, match=r"\[3, 2\]"):
        ArrayDataset(np.ones(3), np.ones(2))
