"""The toy bicycle: who falls, who stays up, and that only the time comes back."""

import numpy as np

from hocsau.balance import ride


def mean_time(gains, n=300):
    return ride(np.tile(gains, (n, 1)), rng=np.random.default_rng(0)).mean()


def test_hands_off_falls_and_a_good_rider_stays_up():
    assert mean_time((0, 0)) < 1.5
    assert mean_time((17, 8)) > 4.9
    assert mean_time((0, 0)) < mean_time((10, 0)) < mean_time((10, 2))


def test_slow_reflexes_punish_strong_gains():
    assert mean_time((60, 2)) < 2 < 4.5 < mean_time((15, 5))


def test_commands_act_after_the_delay():
    """Nothing the rider does can matter before the first command arrives."""
    calm = {"push": 0.0, "seconds": 0.16}
    a, b = (
        ride([[k, 0]], rng=np.random.default_rng(0), delay=8, **calm)
        for k in (0, 900)
    )
    assert a == b == 0.16


def test_without_wind_the_motion_is_the_exact_discrete_pendulum():
    """Hands off and no wind: lean grows by a fixed linear map until 0.5."""
    time = ride([[0, 0]], rng=np.random.default_rng(5), push=0.0)
    lean = 0.05 * np.random.default_rng(5).normal()
    rate, steps = 0.0, 0
    while True:
        rate += 0.02 * 9.81 * lean
        lean += 0.02 * rate
        if abs(lean) >= 0.5:
            break
        steps += 1
    np.testing.assert_allclose(time, 0.02 * steps)


def test_score_is_a_multiple_of_the_time_step_and_capped():
    time = ride(np.random.default_rng(1).uniform(0, 20, (200, 2)),
                rng=np.random.default_rng(2))  # fmt: skip
    np.testing.assert_allclose(time / 0.02, np.rint(time / 0.02), atol=1e-9)
    assert time.shape == (200,) and time.max() <= 5.0 + 1e-9
