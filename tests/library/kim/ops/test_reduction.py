"""Any shape, any axes: sums and maxima match NumPy and torch."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from kim import Tensor, ops

NUMBERS = st.integers(-3, 3).map(float)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), name=st.sampled_from(["sum", "mean", "amax"]))
def test_any_axes_match_torch(data, name):
    shape = data.draw(array_shapes(max_dims=4, max_side=3))
    array = data.draw(arrays(np.float64, shape, elements=NUMBERS))
    axes = st.lists(st.integers(0, len(shape) - 1), min_size=1, unique=True)
    axis = tuple(data.draw(axes))
    keepdims = data.draw(st.booleans())
    x, t = Tensor(array, True), torch.tensor(array, requires_grad=True)
    y = getattr(ops, name)(x, axis, keepdims)
    s = getattr(torch, name)(t, axis, keepdim=keepdims)
    np.testing.assert_allclose(y.array, s.detach().numpy(), atol=1e-12)
    (y * y).sum().backward()
    (s * s).sum().backward()
    np.testing.assert_allclose(x.grad.array, t.grad.numpy(), atol=1e-12)


@pytest.mark.parametrize("name", ["sum", "amax"])
def test_missing_axis(name):
    with pytest.raises(ValueError, match=rf"{name}: \(2, 3\): trục 2 không có"):
        getattr(ops, name)(Tensor(np.ones((2, 3))), 2)
