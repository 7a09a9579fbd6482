"""Quadratic bowls: gradient, curvature, the step limit, the least-squares bowl."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from hocsau.descent import descend, slope
from hocsau.surfaces import Bowl, cantor, least_squares, level_lines, ravine


def test_gradient_is_the_slope():
    bowl = Bowl(ravine((0.4, 3.0), angle=25), [1.0, -2.0])
    w = np.array([0.3, 0.9])
    np.testing.assert_allclose(bowl.grad(w), slope(bowl, w), atol=1e-8)
    assert bowl([1.0, -2.0]) == 0 and bowl(np.zeros((5, 3, 2))).shape == (5, 3)


def test_ravine_has_the_curvatures_asked_for():
    A = ravine((0.4, 3.0), angle=25)
    np.testing.assert_allclose(Bowl(A).curvatures, [0.4, 3.0])
    axis = np.array([np.cos(np.radians(25)), np.sin(np.radians(25))])
    np.testing.assert_allclose(A @ axis, 0.4 * axis)


@pytest.mark.parametrize("share, ends", [(0.99, True), (1.01, False)])
def test_descent_converges_below_the_limit_only(share, ends):
    bowl = Bowl(ravine((0.4, 3.0), angle=25))
    path = descend(bowl.grad, [1, 1], lr=share * bowl.lr_limit, num_steps=900)
    assert (bowl(path[-1]) < 1e-8) == ends


def test_least_squares_is_the_excess_loss():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(30, 4)), rng.normal(size=30)
    bowl, w = least_squares(X, y), rng.normal(size=4)

    def loss(w):
        return 0.5 * np.mean((X @ w - y) ** 2)

    assert bowl(w) == pytest.approx(loss(w) - loss(bowl.center))
    np.testing.assert_allclose(bowl.grad(w), X.T @ (X @ w - y) / 30)


def test_bad_matrices_are_refused():
    with pytest.raises(ValueError, match="đối xứng"):
        Bowl([[1, 2], [0, 1]])
    with pytest.raises(ValueError, match="trị riêng"):
        Bowl(np.diag([1.0, 0.0]))


def test_level_lines_draws_inside_the_limits():
    fig, ax = plt.subplots()
    level_lines(ax, Bowl(np.eye(2)), (-1, 2), (-3, 1))
    assert ax.get_xlim() == (-1, 2) and len(ax.collections) >= 1
    plt.close(fig)


def test_cantor_values_symmetry_and_flatness():
    x = np.random.default_rng(0).uniform(size=500)
    np.testing.assert_allclose(cantor(np.array([0, 0.25, 0.5, 0.7])),
                               [0, 1 / 3, 0.5, 0.5 + 0.5 * cantor(0.1)],
                               atol=1e-6)  # fmt: skip
    np.testing.assert_allclose(cantor(x) + cantor(1 - x), 1, atol=1e-6)
    np.testing.assert_allclose(cantor(x / 3), cantor(x) / 2, atol=1e-6)
    assert np.mean(cantor(x + 1e-6) == cantor(x)) > 0.95
