"""Indexing against NumPy for any index; messages of the shape ops."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, basic_indices, integer_array_indices

from kim import Tensor, ops


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_any_index_matches_numpy_and_its_gradient_counts_uses(data):
    shape = data.draw(array_shapes(max_dims=3, max_side=4))
    index = data.draw(
        st.one_of(
            basic_indices(shape, allow_newaxis=True), integer_array_indices(shape)
        )
    )
    array = np.arange(np.prod(shape, dtype=float)).reshape(shape)
    x = Tensor(array, True)
    y = x[index]
    np.testing.assert_array_equal(y.array, array[index])
    uses = np.zeros(shape)
    np.add.at(uses, index, 1)
    y.sum().backward()
    np.testing.assert_array_equal(x.grad.array, uses)


def test_index_may_be_a_tensor():
    x = Tensor([[1.0, 2.0], [3.0, 4.0]], True)
    picked = x[Tensor([0, 1]), Tensor([1, 1])]
    assert picked.array.tolist() == [2.0, 4.0]
    assert x[x > 2].array.tolist() == [3.0, 4.0]


@pytest.mark.parametrize(
    "call, error, words",
    [
        (lambda x: x.reshape(4, 2), ValueError, r"6 phần tử .* \(4, 2\)"),
        (lambda x: x.expand(3, 2), ValueError, r"thành \(3, 2\)"),
        (lambda x: x.permute(0, 0), ValueError, "cách xếp 2 trục"),
        (lambda x: x.transpose(0, 2), IndexError, "transpose"),
        (lambda x: x[5], IndexError, r"getitem: \(2, 3\)"),
    ],
)
def test_clear_errors(call, error, words):
    with pytest.raises(error, match=words):
        call(Tensor(np.ones((2, 3))))


def test_tuple_and_separate_arguments_mean_the_same():
    x = Tensor(np.ones((2, 3)))
    assert x.reshape((3, 2)).shape == x.reshape(3, 2).shape == (3, 2)
    assert x.permute((1, 0)).shape == x.permute(1, 0).shape == x.T.shape
    assert ops.reshape(Tensor(1.0), ()).shape == ()
