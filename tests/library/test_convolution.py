"""Convolution by hand agrees with PyTorch, NumPy and its own matrix."""

import itertools

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from hocsau.convolution import (
    conv2d,
    convolve1d,
    correlate1d,
    correlate2d,
    output_size,
    toeplitz,
)


def signal(n, seed=0):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(n, generator=rng, dtype=torch.float64)


GRID = list(itertools.product(range(1, 12), range(1, 6), (1, 2, 3), (0, 1, 2)))


def test_output_size_agrees_with_pytorch_on_a_grid():
    tried = 0
    for n, k, s, p in GRID:
        for d in (1, 2):
            args = {"stride": s, "padding": p, "dilation": d}
            if n + 2 * p < d * (k - 1) + 1:
                with pytest.raises(ValueError, match="tăng padding"):
                    output_size(n, k, **args)
                continue
            y = F.conv1d(torch.zeros(1, 1, n), torch.zeros(1, 1, k), **args)
            assert y.shape[-1] == output_size(n, k, **args)
            tried += 1
    assert tried > 500


@pytest.mark.parametrize("stride, padding", [(1, 0), (2, 0), (3, 2), (1, 2)])
def test_correlation_agrees_with_pytorch_and_matrix(stride, padding):
    x, w = signal(13), signal(4, 1)
    args = {"stride": stride, "padding": padding}
    y = F.conv1d(x[None, None], w[None, None], **args)[0, 0]
    torch.testing.assert_close(correlate1d(x, w, **args), y)
    torch.testing.assert_close(toeplitz(w, 13, **args) @ x, y)


def test_convolution_agrees_with_numpy_and_flipped_correlation():
    x, w = signal(9), signal(4, 1)
    y = convolve1d(x, w)
    np.testing.assert_allclose(y, np.convolve(x, w))
    torch.testing.assert_close(y, convolve1d(w, x))
    torch.testing.assert_close(y, correlate1d(x, w.flip(0), padding=3))
    assert not torch.allclose(y, correlate1d(x, w, padding=3))


def test_toeplitz_repeats_along_diagonals():
    T = toeplitz(torch.tensor([1.0, 2, 3]), 6)
    assert T.shape == (4, 6)
    torch.testing.assert_close(T[1:, 1:], T[:-1, :-1])
    assert (T != 0).sum() == 12


def test_two_dimensions_agree_with_pytorch():
    X, W, b = (signal(k, i) for i, k in enumerate((2 * 3 * 7 * 8, 4 * 3 * 3 * 2, 4)))
    X, W = X.view(2, 3, 7, 8), W.view(4, 3, 3, 2)
    for s, p in itertools.product((1, 2, 3), (0, 1, 2)):
        expected = F.conv2d(X, W, b, stride=s, padding=p)
        torch.testing.assert_close(conv2d(X, W, b, stride=s, padding=p), expected)
    one = correlate2d(X[0, 0], W[0, 0])
    torch.testing.assert_close(one, F.conv2d(X[:1, :1], W[:1, :1])[0, 0])


def test_gradients():
    X, W = signal(2 * 2 * 5 * 5).view(2, 2, 5, 5), signal(54, 1).view(3, 2, 3, 3)
    inputs = (X.requires_grad_(), W.requires_grad_())
    assert torch.autograd.gradcheck(lambda a, b: conv2d(a, b, stride=2), inputs)


def test_channels_must_match():
    with pytest.raises(ValueError, match="2 kênh, W chờ 3 kênh"):
        conv2d(torch.zeros(1, 2, 5, 5), torch.zeros(1, 3, 3, 3))
