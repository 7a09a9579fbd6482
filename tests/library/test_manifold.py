"""Curved manifolds and PCA on cases with known answers."""

import numpy as np
import pytest

from hocsau.manifold import arc, bar_images, components_needed, local_dimension, pca


def test_bar_images_shape_and_range():
    A = bar_images(np.array([0.0, 1.0, 2.0]), np.zeros(3), size=16)
    assert A.shape == (3, 16, 16)
    assert A.min() >= 0
    assert A.max() <= 1


def test_bar_turns_and_shifts():
    flat, upright = bar_images([0, np.pi / 2], [0.0, 0.0], size=24)
    np.testing.assert_allclose(flat.T, upright, atol=1e-9)
    moved = bar_images([0.3], [2.0], size=24)[0]
    still = bar_images([0.3], [0.0], size=24)[0]
    np.testing.assert_allclose(moved[:, 2:], still[:, :-2], atol=1e-9)


def test_half_turn_is_the_same_bar():
    a, b = bar_images([0.4, 0.4 + np.pi], [1.0, 1.0])
    np.testing.assert_allclose(a, b, atol=1e-9)


def test_pca_against_covariance():
    X = np.random.default_rng(0).normal(size=(40, 5)) * [5, 4, 3, 2, 1]
    mean, components, variances = pca(X)
    values = np.linalg.eigvalsh(np.cov(X.T, bias=True))[::-1]
    np.testing.assert_allclose(variances, values)
    np.testing.assert_allclose(components @ components.T, np.eye(5), atol=1e-12)
    np.testing.assert_allclose(mean, X.mean(0))


def test_components_needed():
    assert components_needed(np.array([0.5, 0.3, 0.15, 0.05]), 0.95) == 3
    assert components_needed(np.array([1.0, 0.0]), 0.95) == 1


def test_flat_plane_needs_two_everywhere():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 2)) @ rng.normal(size=(2, 10))
    assert components_needed(pca(X)[2], 0.999) == 2
    assert local_dimension(X, share=0.999) == 2


def test_arc_is_one_dimensional_locally_but_two_globally():
    X, t = arc(300)
    assert t[-1] == pytest.approx(1.5 * np.pi)
    assert components_needed(pca(X)[2], 0.95) == 2
    assert local_dimension(X) == 1


def test_local_dimension_with_rng():
    X, _ = arc(300, noise=0.0005, rng=np.random.default_rng(0))
    assert local_dimension(X, rng=np.random.default_rng(1)) == 1
