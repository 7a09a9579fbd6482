"""The learned score: it fits, its gradient is its own, and riders do not mix."""

import numpy as np

from hocsau.critic import Critic
from hocsau.descent import slope


def data(s=1):
    K = np.random.default_rng(0).normal(size=(s, 200, 2)) * 3 + 10
    return K, 0.2 * K[..., 0] - 0.1 * K[..., 1] + 1


def trained(s=1):
    critic = Critic(0, s)
    critic.fit(*data(s), num_steps=400)
    return critic


def test_fits_a_plane_and_points_up_it():
    guess, g = trained().ask(np.array([[10.0, 10.0]]))
    assert guess.shape == (1,) and abs(guess[0] - 2.0) < 0.15
    up = np.array([0.2, -0.1])
    assert g[0] @ up > 0.95 * np.linalg.norm(g) * np.linalg.norm(up)


def test_gradient_is_the_slope_of_the_guess():
    critic, w = trained(), np.array([9.0, 12.0])
    np.testing.assert_allclose(
        critic.ask(w[None])[1][0],
        slope(lambda v: critic.ask(v[None])[0][0], w, h=0.05),
        atol=2e-3,
    )


def test_riders_learn_apart():
    """Changing what the second rider saw changes nothing for the first."""
    K, T = data(2)
    asked = []
    for last in (T[1], -T[1]):
        critic = Critic(0, 2)
        critic.fit(K, np.stack([T[0], last]))
        asked.append(critic.ask(np.ones((2, 2)))[0])
    assert np.isclose(asked[0][0], asked[1][0], atol=1e-6)
    assert abs(asked[0][1] - asked[1][1]) > 0.1


def test_seed_decides():
    w = np.array([[1.0, 2.0]])
    assert Critic(3).ask(w)[0] == Critic(3).ask(w)[0] != Critic(4).ask(w)[0]
