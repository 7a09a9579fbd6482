"""Measures of locality, stationarity and compositionality."""

import numpy as np
import pytest

from hocsau import signals


def rng(seed=0):
    return np.random.default_rng(seed)


def smooth(shape=(60, 50), seed=0):
    """White noise averaged over 5 × 5: correlation falls to 0 at lag 5."""
    h, w = shape
    noise = rng(seed).normal(size=(h + 4, w + 4))
    return signals.windows(noise, 5).mean(1).reshape(h, w)


def test_autocorrelation_agrees_with_the_definition_in_one_and_two_dimensions():
    x = rng().normal(size=30)
    z = x - x.mean()
    for d in (0, 1, 7, 29):
        want = (z[: 30 - d] * z[d:]).mean() / x.var()
        assert np.isclose(signals.autocorrelation(x)[d], want)
    image = rng(1).normal(size=(9, 12))
    z = image - image.mean()
    got = signals.autocorrelation(image)
    for i, j in ((0, 0), (2, 3), (8, 0), (0, 11)):
        want = (z[: 9 - i, : 12 - j] * z[i:, j:]).mean() / image.var()
        assert np.isclose(got[i, j], want)


def test_autocorrelation_of_averaged_noise_is_a_triangle():
    r = signals.autocorrelation(smooth((300, 300)))[0]
    assert np.allclose(r[:5], [1, 0.8, 0.6, 0.4, 0.2], atol=0.05)
    assert abs(r[5:20]).max() < 0.1


def test_autocorrelation_refuses_a_constant():
    with pytest.raises(ValueError, match="hằng số"):
        signals.autocorrelation(np.ones(5))


def test_windows_and_shrink():
    image = np.arange(24.0).reshape(4, 6)
    W = signals.windows(image, 2, 2)
    assert W.shape == (6, 4) and W[1].tolist() == [2, 3, 8, 9]
    assert np.allclose(signals.shrink(image, 2).ravel(), W.mean(1))
    assert signals.shrink(image, 4).shape == (1, 1)


def test_patch_covariance_ignores_brightness_and_scales_with_contrast():
    image = smooth()
    K = signals.patch_covariance(image, 4)
    assert K.shape == (16, 16) and np.allclose(K.sum(0), 0, atol=1e-9)
    L = signals.patch_covariance(3 * image + 100, 4)
    assert np.allclose(L, 9 * K)
    assert np.isclose(signals.alignment(K, L), 1)


def test_alignment_and_reuse_tell_styles_apart_and_noise_scores_nothing():
    corners = [signals.patch_covariance(smooth((200, 200), s), 5) for s in (0, 1)]
    noise = signals.patch_covariance(rng(3).normal(size=(200, 200)), 5)
    assert signals.alignment(*corners) > 0.9
    assert all(abs(signals.alignment(K, noise)) < 0.3 for K in corners)
    assert signals.reuse(*corners) > 0.95
    assert np.isclose(signals.reuse(corners[0], corners[0]), 1)
    assert signals.reuse(noise, corners[0]) < 0.6
    rows = np.sin(np.indices((200, 200))[0] * 0.8) + 0.1 * smooth((200, 200))
    K, L = (signals.patch_covariance(x, 5) for x in (rows, rows.T))
    assert abs(signals.alignment(K, L)) < 0.3 and signals.reuse(K, L, 2) < 0.1


def test_measures_take_sounds_too():
    t = np.arange(4000)
    hum = np.sin(2 * np.pi * 500 / 8000 * t)
    assert signals.windows(t, 3, 2)[1].tolist() == [2, 3, 4]
    assert signals.patch_covariance(hum, 24).shape == (24, 24)
    S = signals.spectrogram(hum)
    assert S.shape[0] == 64 and (S.argmax(0) == 500 // (8000 // 128) - 1).all()
    fake = signals.same_spectrum(hum, rng=rng())
    assert np.allclose(abs(np.fft.fft(fake)), abs(np.fft.fft(hum)), atol=1e-6)


def test_toeplitz_share_separates_shift_invariant_from_permuted():
    X = np.concatenate([signals.windows(smooth(seed=s), 6, 3) for s in range(20)])
    order = rng(1).permutation(36)
    assert signals.toeplitz_share(X, 6) > 0.95
    assert signals.toeplitz_share(X[:, order], 6) < 0.3
    X = X.copy()
    X[:, :6] = 0.0  # constant columns are left out, not turned into nan
    assert signals.toeplitz_share(X, 6) > 0.9


def test_same_spectrum_keeps_amplitudes_and_mean_but_not_the_picture():
    image = smooth((32, 48))
    fake = signals.same_spectrum(image, rng=rng(5))
    assert np.isrealobj(fake) and np.isclose(fake.mean(), image.mean())
    a, b = (abs(np.fft.fft2(x - x.mean())) for x in (image, fake))
    a[0, 0] = b[0, 0] = 0
    assert np.allclose(a, b, atol=1e-8)
    assert abs(np.corrcoef(image.ravel(), fake.ravel())[0, 1]) < 0.5


def test_patch_words_name_patches_and_are_reproducible():
    x, y = smooth((43, 50)), smooth((20, 20), 1)
    words = signals.patch_words([x, y], size=4, k=5, seed=0)
    assert [w.shape for w in words] == [(10, 12), (5, 5)]
    assert set(np.unique(words[0])) <= set(range(5))
    again = signals.patch_words([x, y], size=4, k=5, seed=0)
    assert all(np.array_equal(a, b) for a, b in zip(words, again, strict=True))
    # doubling the contrast and adding light change no word
    twice = signals.patch_words([100 * x + 7, 100 * y], size=4, k=5, seed=0)
    assert (
        twice[0] == signals.patch_words([100 * x, 100 * y], size=4, k=5, seed=0)[0]
    ).all()


def test_neighbour_information_of_known_sources():
    flat = rng().integers(0, 4, (200, 200))
    assert abs(signals.neighbour_information([flat], 4)) < 0.002
    board = np.indices((60, 60)).sum(0) % 2  # chessboard: neighbour is certain
    assert np.isclose(signals.neighbour_information([board], 2), 1, atol=0.01)
    assert np.isclose(signals.neighbour_information([board], 2, gap=2), 1, atol=0.01)


def test_patch_words_floor_decides_what_counts_as_flat():
    rng = np.random.default_rng(0)
    faint, strong = 1e-3 * rng.normal(size=(40, 40)), rng.normal(size=(40, 40))
    (flat, _) = signals.patch_words([faint, strong], size=4, k=6, seed=0)
    assert len(np.unique(flat)) == 1  # below the floor: one word, "flat"
    (named, _) = signals.patch_words([faint, strong], size=4, k=6, seed=0, floor=1e-9)
    assert len(np.unique(named)) > 1
