"""Large numbers, infinities and messages of the softmax family."""

import numpy as np
import pytest

from kim import Tensor, ops


@pytest.mark.parametrize("shift", [0.0, 1e4, -1e4])
def test_stable_for_large_numbers(shift):
    x = Tensor(np.array([[1.0, 2.0, 3.0]]) + shift, True)
    y = ops.logsumexp(x, 1)
    y.sum().backward()
    assert y.item() - shift == pytest.approx(3.407605964, abs=1e-8)
    assert x.grad.array.sum() == pytest.approx(1)
    assert ops.softmax(x).array.sum() == pytest.approx(1)


def test_minus_infinity_is_probability_zero():
    x = Tensor(np.array([0.0, -np.inf]), True)
    assert ops.softmax(x).array.tolist() == [1.0, 0.0]
    assert ops.logsumexp(Tensor([-np.inf, -np.inf])).item() == -np.inf


@pytest.mark.parametrize("axis", [None, 0, -1, (0, 2)])
@pytest.mark.parametrize("keepdims", [False, True])
def test_logsumexp_shape_is_that_of_sum(axis, keepdims):
    x = Tensor(np.random.default_rng(0).standard_normal((2, 1, 3)))
    y = ops.logsumexp(x, axis, keepdims)
    expected = np.log(np.exp(x.array).sum(axis, keepdims=keepdims))
    assert y.shape == expected.shape
    np.testing.assert_allclose(y.array, expected, atol=1e-14)


def test_gradient_is_softmax_minus_one_hot():
    z = Tensor(np.random.default_rng(0).standard_normal((4, 3)), True)
    y = np.array([0, 2, 1, 1])
    ops.cross_entropy(z, y).backward()
    expected = (ops.softmax(z.detach()).array - np.eye(3)[y]) / 4
    np.testing.assert_allclose(z.grad.array, expected, atol=1e-15)


@pytest.mark.parametrize(
    "z, y, error, words",
    [
        ((4, 3), [0, 1], ValueError, r"\(4, 3\) với labels \(2,\)"),
        ((4,), [0, 1, 2, 3], ValueError, r"cần \(n, k\)"),
        ((2, 3), [0, 3], IndexError, "chỉ có 3 lớp"),
        ((2, 3), [0, -1], IndexError, "nhãn từ -1"),
    ],
)
def test_clear_errors(z, y, error, words):
    with pytest.raises(error, match=words):
        ops.cross_entropy(Tensor(np.ones(z)), y)
