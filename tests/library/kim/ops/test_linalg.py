"""Products of any shapes and their messages."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis.extra.numpy import mutually_broadcastable_shapes

from kim import Tensor, ops


@settings(max_examples=60, deadline=None)
@given(
    shapes=mutually_broadcastable_shapes(
        signature=np.matmul.signature, max_dims=2, max_side=3
    )
)
def test_any_shapes_match_torch(shapes):
    rng = np.random.default_rng(0)
    a, b = (rng.standard_normal(s) for s in shapes.input_shapes)
    x, y = Tensor(a, True), Tensor(b, True)
    t, s = (torch.tensor(v, requires_grad=True) for v in (a, b))
    out, out_t = x @ y, t @ s
    assert out.shape == tuple(out_t.shape)
    (out * out).sum().backward()
    (out_t * out_t).sum().backward()
    np.testing.assert_allclose(x.grad.array, t.grad.numpy(), atol=1e-12)
    np.testing.assert_allclose(y.grad.array, s.grad.numpy(), atol=1e-12)


def ones(*shape):
    return Tensor(np.ones(shape))


@pytest.mark.parametrize(
    "call, words",
    [
        (
            lambda: ones(3, 4) @ ones(5, 6),
            r"^matmul: \(3, 4\) với \(5, 6\): trục trong 4 ≠ 5$",
        ),
        (lambda: ones(2, 3, 4) @ ones(3, 4, 5), "đứng trước"),
        (lambda: ones() @ ones(2, 2), "ít nhất"),
        (lambda: ops.linear(ones(2, 3), ones(4, 5)), "3 đặc trưng .* có 5"),
        (lambda: ops.linear(ones(2, 3), ones(4, 3), ones(5)), r"\(5,\) ≠ \(4,\)"),
    ],
)
def test_clear_errors(call, words):
    with pytest.raises(ValueError, match=words):
        call()
