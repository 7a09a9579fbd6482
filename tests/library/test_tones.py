"""Plucked strings and vowels from published recipes."""

import numpy as np
import pytest

from hocsau import signals
from hocsau.data import tones

RATE = 8000


def spectrum(x):
    size = abs(np.fft.rfft(x * np.hanning(len(x))))
    return np.fft.rfftfreq(len(x), 1 / RATE), size


@pytest.mark.parametrize("pitch", [110, 196, 294])
def test_pluck_has_the_pitch_and_decays(pitch):
    x = tones.pluck(pitch, 0.5, rng=np.random.default_rng(0))
    assert len(x) == 4000 and abs(x).max() == 1
    r = signals.autocorrelation(x)
    period = RATE / pitch
    peak = 10 + r[10 : round(1.5 * period)].argmax()
    assert abs(peak - period) <= 1
    assert (x[:500] ** 2).sum() > 2 * (x[-500:] ** 2).sum()


def test_pluck_obeys_its_recurrence():
    x = tones.pluck(200, 0.1, rng=np.random.default_rng(1))
    n = round(RATE / 200 - 0.5)
    t = np.arange(n + 1, len(x))
    assert np.allclose(x[t], (x[t - n] + x[t - n - 1]) / 2)


def test_pluck_refuses_a_pitch_beyond_the_rate():
    with pytest.raises(ValueError, match="pitch"):
        tones.pluck(5000, 0.1, rng=np.random.default_rng(0))


def test_resonator_has_unit_gain_at_rest_and_peaks_at_its_centre():
    impulse = np.zeros(4000)
    impulse[0] = 1
    out = tones.resonator(impulse, 1000, 50, RATE)
    assert np.isclose(out.sum(), 1, atol=1e-3)  # A + B + C = 1
    freq = np.fft.rfftfreq(4000, 1 / RATE)
    assert abs(freq[abs(np.fft.rfft(out)).argmax()] - 1000) < 10


@pytest.mark.parametrize("name", ["a", "i", "u"])
def test_vowel_is_periodic_and_strong_near_its_formants(name):
    x = tones.vowel(name, 100, 0.5)
    assert len(x) == 4000 and np.isclose(abs(x).max(), 1)
    assert signals.autocorrelation(x)[80] > 0.9
    freq, size = spectrum(x)
    first, second, _ = tones.FORMANTS[name]
    valley = (first + second) / 2
    near = [size[abs(freq - f) < 60].max() for f in (first, valley)]
    assert near[0] > near[1]


def test_unknown_vowel_is_named():
    with pytest.raises(ValueError, match="'o'"):
        tones.vowel("o", 100, 0.1)


def test_phrase_is_reproducible_and_bounded():
    x, y = (tones.phrase(rng=np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(x, y) and len(x) == 12000 and abs(x).max() <= 1
