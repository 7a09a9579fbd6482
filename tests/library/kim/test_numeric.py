"""The checker must catch wrong derivatives, not only accept right ones."""

import numpy as np
import pytest

import kim
from kim import gradcheck, numeric_grad


class WrongExp(kim.Op):
    """Right value, derivative twice too large."""

    def forward(self, a):
        return np.exp(a)

    def vjp(self, g, out, a):
        return (g * out * 2,)


class CutGraph(kim.Op):
    """Right first derivative that forgets its own graph."""

    def forward(self, a):
        return a**3

    def vjp(self, g, out, a):
        return (g * (3 * a.array**2),)


def test_numeric_grad_of_a_quadratic():
    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    g = numeric_grad(lambda v: float((v**2).sum()), x)
    np.testing.assert_allclose(g, 2 * x, atol=1e-8)


def test_accepts_what_is_right():
    assert gradcheck(lambda a, b: a * b + kim.exp(a), [1.0, 2.0], [3.0, 4.0])


def test_names_the_input_and_the_place():
    with pytest.raises(AssertionError, match=r"đầu vào 1, vị trí \(0,\)"):
        gradcheck(lambda a, b: a + WrongExp()(b), [1.0], [2.0])


def test_second_order_catches_a_vjp_that_is_not_differentiable():
    x = np.array([1.0, 2.0])
    assert gradcheck(lambda a: CutGraph()(a), x)
    with pytest.raises(AssertionError):
        gradcheck(lambda a: CutGraph()(a), x, order=2)


def test_catches_a_missing_path():
    with pytest.raises(AssertionError):
        gradcheck(lambda a: a.detach() * a, np.array([2.0]))


def test_catches_nan():
    with pytest.raises(AssertionError), np.errstate(all="ignore"):
        gradcheck(lambda a: a / a * (a - a) / (a - a), np.array([1.0]))
