"""Values at the edges and messages of the arithmetic ops."""

import numpy as np
import pytest

from kim import Tensor, ops


@pytest.mark.parametrize("name", ["add", "sub", "mul", "div", "pow"])
def test_shapes_that_do_not_broadcast(name):
    a, b = Tensor(np.ones((3, 4))), Tensor(np.ones((5, 4)))
    message = rf"{name}: \(3, 4\) với \(5, 4\): trục -2: 3 ≠ 5"
    with pytest.raises(ValueError, match=message):
        getattr(ops, name)(a, b)


def test_power_at_zero_has_finite_derivatives():
    x = Tensor([0.0], True)
    for p in (0, 1, 2):
        x.grad = None
        ops.pow(x, p).sum().backward()
        assert x.grad.item() == (1 if p == 1 else 0)
    x.grad, b = None, Tensor([2.0], True)
    ops.pow(x, b).sum().backward()
    assert x.grad.item() == 0 and b.grad.item() == 0
