"""Points of a search space, and which axis matters."""

import numpy as np
import pytest

from hocsau.search import space


def test_grid_sees_few_values_on_each_axis():
    U = space.grid(3, 2)
    assert U.shape == (9, 2) and len(np.unique(U, axis=0)) == 9
    np.testing.assert_allclose(np.unique(U[:, 0]), [1 / 6, 3 / 6, 5 / 6])
    moved = space.grid(3, 2, shift=(0.0, 0.99))
    assert moved[:, 0].max() < 0.67 and moved.min() >= 0 and moved.max() < 1
    assert len(space.grid(2, 5)) == 32


def test_values_follow_their_scale():
    box = {"lr": (1e-4, 1.0, "log"), "dropout": (0.0, 0.6, "đều")}
    found = space.values(box, [[0.0, 0.0], [0.5, 0.5], [1.0, 1.0]])
    np.testing.assert_allclose(found["lr"], [1e-4, 1e-2, 1.0])
    np.testing.assert_allclose(found["dropout"], [0.0, 0.3, 0.6])
    with pytest.raises(ValueError, match="thang"):
        space.values({"lr": (1, 2, "linear")}, [[0.5]])


def test_main_effects_of_known_tables():
    a, b = np.arange(4.0)[:, None, None], np.arange(3.0)[None, :, None]
    shares = space.main_effects(2 * a + b + np.zeros((4, 3, 2)))
    np.testing.assert_allclose(shares.sum(), 1)
    np.testing.assert_allclose(shares[0] / shares[1], 4 * 1.25 / (2 / 3))
    assert shares[2] == 0
    both = np.array([[1.0, -1.0], [-1.0, 1.0]])  # pure interaction
    np.testing.assert_allclose(space.main_effects(both), 0, atol=1e-12)
