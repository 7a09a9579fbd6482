"""Feature expansions: shapes, values on tiny cases, Cover's count."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from hocsau.features import (
    cover_count,
    orientation_histograms,
    polynomial,
    random_features,
    rbf,
    ridge_fit,
    ridge_scores,
    tile,
)


def test_tile_turns_on_one_cell():
    X = np.array([[-0.9, -0.9], [0.9, -0.9], [5.0, 5.0]])
    F = tile(X, bins=4)
    assert F.shape == (3, 16)
    assert (F.sum(1) == 1).all()
    assert F.argmax(1).tolist() == [0, 12, 15]


def test_random_features_are_fixed_by_rng():
    X = np.random.default_rng(0).normal(size=(5, 3))
    one, two = (random_features(X, 7, rng=np.random.default_rng(1)) for _ in range(2))
    assert one.shape == (5, 7)
    assert (one >= 0).all()
    assert (one == two).all()


def test_random_features_add_rank():
    X = np.random.default_rng(0).normal(size=(30, 2))
    F = random_features(X, 20, rng=np.random.default_rng(1))
    assert np.linalg.matrix_rank(F) > 3


def test_polynomial_monomials():
    F = polynomial(np.array([[2.0, 3.0]]), 2)
    assert F.tolist() == [[2, 3, 4, 6, 9]]


def test_rbf_matches_definition():
    rng = np.random.default_rng(0)
    X, C = rng.normal(size=(4, 3)), rng.normal(size=(2, 3))
    direct = [[np.exp(-0.5 * np.sum((x - c) ** 2)) for c in C] for x in X]
    np.testing.assert_allclose(rbf(X, C, gamma=0.5), direct)


def test_orientation_histogram_of_a_vertical_edge():
    image = np.zeros((1, 8, 8))
    image[:, :, 4:] = 1
    H = orientation_histograms(image).reshape(3, 3, 8)
    assert H[..., 1:].max() == 0  # gradient points right: bin 0 only
    assert np.linalg.norm(H) == pytest.approx(1)


def test_ridge_recovers_a_linear_map():
    rng = np.random.default_rng(0)
    F, W = rng.normal(size=(50, 3)), rng.normal(size=(4, 2))
    Y = ridge_scores(F, W)
    np.testing.assert_allclose(ridge_fit(F, Y, decay=1e-9), W, atol=1e-6)


@given(st.integers(1, 12), st.integers(2, 12))
def test_cover_recurrence(n, d):
    assert cover_count(n + 1, d) == cover_count(n, d) + cover_count(n, d - 1)


@given(st.integers(1, 10))
def test_cover_at_twice_the_dimension_is_half(d):
    assert cover_count(2 * d, d) * 2 == 2 ** (2 * d)


def test_cover_against_enumeration():
    X = np.random.default_rng(0).normal(size=(5, 2))
    found = 0
    for signs in itertools.product((-1, 1), repeat=5):
        A = -np.array(signs)[:, None] * X
        free = [(None, None)] * 2
        found += linprog(np.zeros(2), A_ub=A, b_ub=-np.ones(5), bounds=free).status == 0
    assert found == cover_count(5, 2)
