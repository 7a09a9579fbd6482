"""Construction, dtypes, views of the data, PyTorch's semantics."""

import numpy as np
import pytest
import torch

import kim
from kim import Tensor


@pytest.mark.parametrize(
    "data", [1, 1.5, True, [1, 2], [1.0, 2], np.ones(2), np.float64(3.0)]
)
def test_dtype_is_the_one_torch_chooses(data):
    ours, theirs = Tensor(data), torch.tensor(data)
    assert str(ours.dtype) == str(theirs.dtype).removeprefix("torch.")


def test_constructor_copies_and_from_numpy_shares():
    array = np.zeros(2)
    copy, shared = Tensor(array), kim.from_numpy(array)
    array[0] = 1
    assert copy.array[0] == 0 and shared.array[0] == 1


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_python_numbers_do_not_change_the_dtype(dtype):
    x = Tensor(np.ones(3), True, dtype=dtype)
    y = ((2 * x + 1.5) / 3 - 1) ** 2
    y.sum().backward()
    assert y.dtype == dtype and x.grad.dtype == dtype


def test_defaults():
    x = Tensor([1.0])
    assert not x.requires_grad and x.grad is None and x.is_leaf
    assert x.device == "cpu" and x.ndim == 1 and x.numel() == 1 and len(x) == 1


def test_data_and_detach_share_memory_and_cut_the_graph():
    x = Tensor([1.0, 2.0], True)
    x.detach().array[0] = 5
    assert x.array[0] == 5
    assert (x.data * 2).op is None
    x.data = x.data - 1
    assert x.array.tolist() == [4.0, 1.0] and x.requires_grad


def test_numpy_refuses_to_lose_the_graph():
    x = Tensor([1.0], True)
    with pytest.raises(RuntimeError, match="detach"):
        x.numpy()
    assert x.detach().numpy() is x.array


@pytest.mark.parametrize(
    "call, error, words",
    [
        (lambda: Tensor([1, 2], requires_grad=True), TypeError, "số thực"),
        (lambda: Tensor(1.0, device="cuda"), ValueError, "cpu"),
    ],
)
def test_clear_errors(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_repr_says_where_it_came_from():
    x = Tensor([1.0, 2.5], True)
    assert repr(x) == "Tensor([1. , 2.5], requires_grad=True)"
    assert repr(x * 2) == "Tensor([2., 5.], op=mul)"


def test_hash_is_identity():
    x, y = Tensor([1.0]), Tensor([1.0])
    assert len({x, y, x}) == 2


def test_truth_is_the_value_and_iteration_gives_rows():
    x = Tensor([0.0, 2.0])
    assert x[1] and not x[0] and not x[0] > 1
    with pytest.raises(ValueError, match="ambiguous"):
        bool(x)
    assert [row.item() for row in x] == [0.0, 2.0]
