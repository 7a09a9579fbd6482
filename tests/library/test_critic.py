"""The learned score: it fits, its gradient is its own, and seeds decide it."""

import numpy as np

from hocsau.critic import Critic
from hocsau.descent import slope


def trained(seed=0):
    rng = np.random.default_rng(0)
    K = rng.normal(size=(200, 2)) * 3 + 10
    critic = Critic(seed)
    critic.fit(K, 0.2 * K[:, 0] - 0.1 * K[:, 1] + 1, num_steps=400)
    return critic


def test_fits_a_plane_and_points_up_it():
    critic, w = trained(), np.array([10.0, 10.0])
    assert abs(critic.guess(w) - 2.0) < 0.15
    g = critic.grad(w)
    up = np.array([0.2, -0.1])
    assert g @ up > 0.95 * np.linalg.norm(g) * np.linalg.norm(up)


def test_gradient_is_the_slope_of_the_guess():
    critic, w = trained(), np.array([9.0, 12.0])
    np.testing.assert_allclose(
        critic.grad(w), slope(critic.guess, w, h=0.05), atol=2e-3
    )


def test_seed_decides():
    w = np.array([1.0, 2.0])
    assert Critic(3).guess(w) == Critic(3).guess(w) != Critic(4).guess(w)
