"""Accuracy against counting by hand."""

import pytest
import torch

from hocsau.metrics import accuracy


def test_argmax_of_many_and_sign_of_one():
    logits = torch.tensor([[2.0, 1.0], [0.0, 3.0], [5.0, 4.0]])
    assert accuracy(logits, torch.tensor([0, 1, 1])) == pytest.approx(2 / 3)
    one = torch.tensor([1.5, -2.0, 0.1, -0.1])
    y = torch.tensor([1.0, 0.0, 0.0, 1.0])
    assert accuracy(one, y) == accuracy(one[:, None], y[:, None]) == 0.5


def test_different_lengths_are_refused():
    with pytest.raises(ValueError, match="3 mẫu"):
        accuracy(torch.zeros(3, 2), torch.zeros(2))
