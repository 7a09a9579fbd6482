"""Signs and methods call the function of the same name."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import mutually_broadcastable_shapes

import kim
from kim import Tensor


@pytest.mark.parametrize(
    "f",
    [
        lambda x: 3 - x,
        lambda x: 3 / x,
        lambda x: 2**x,
        lambda x: x**2 - x / 4,
        lambda x: 1 + x + x,
        lambda x: -x,
        lambda x: x.mean(0).sqrt().log().exp().tanh().relu(),
        lambda x: x.amax(1) + x.sum(1) + x.var(1),
    ],
)
def test_same_value_as_torch(f):
    array = np.random.default_rng(0).uniform(0.5, 2, (3, 4))
    np.testing.assert_allclose(f(Tensor(array)).array, f(torch.tensor(array)))


def test_numpy_on_the_left_gives_way_to_tensor():
    a, x = np.ones((2, 2)), Tensor(np.ones((2, 2)), True)
    for y in (a + x, a - x, a * x, a / x, a @ x, np.float64(2) * x):
        assert isinstance(y, Tensor) and y.requires_grad


def test_comparisons_are_constant_tensors():
    x = Tensor([1.0, 2.0, 3.0], True)
    results = [x > 2, x >= 2, x < 2, x <= 2, x == 2, x != Tensor([1.0, 0, 3])]
    assert [r.array.sum() for r in results] == [1, 2, 1, 2, 1, 1]
    assert not any(r.requires_grad for r in results)
    assert x.argmax().item() == 2 and float(x[0]) == 1.0


@settings(max_examples=60, deadline=None)
@given(
    shapes=mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3),
    sign=st.sampled_from(["add", "sub", "mul", "div", "pow"]),
    seed=st.integers(0, 2**16),
)
def test_broadcasting_matches_torch_for_any_shapes(shapes, sign, seed):
    rng = np.random.default_rng(seed)
    a, b = (rng.uniform(0.5, 2, s) for s in shapes.input_shapes)
    x, y = Tensor(a, True), Tensor(b, True)
    t, s = (torch.tensor(v, requires_grad=True) for v in (a, b))
    out, out_t = getattr(kim.ops, sign)(x, y), getattr(torch, sign)(t, s)
    assert out.shape == shapes.result_shape
    np.testing.assert_allclose(out.array, out_t.detach().numpy())
    (out * out).sum().backward()
    (out_t * out_t).sum().backward()
    np.testing.assert_allclose(x.grad.array, t.grad.numpy(), rtol=1e-9)
    np.testing.assert_allclose(y.grad.array, s.grad.numpy(), rtol=1e-9)
    assert x.grad.shape == a.shape and y.grad.shape == b.shape
