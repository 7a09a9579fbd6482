"""Standardising tables and images."""

import torch

from hocsau.scaling import moments, standardise

RNG = torch.Generator().manual_seed(0)


def test_table_and_constant_column():
    X = 3 + 5 * torch.randn(200, 4, generator=RNG)
    X[:, 2] = 7
    Z = standardise(X, *moments(X))
    torch.testing.assert_close(Z.mean(0), torch.zeros(4), atol=1e-5, rtol=0)
    expected = torch.tensor([1.0, 1.0, 0.0, 1.0])
    torch.testing.assert_close(Z.std(0, unbiased=False), expected)


def test_channels_of_images():
    images = torch.rand(6, 3, 5, 4, generator=RNG)
    mean, std = moments(images, keep=1)
    assert mean.shape == std.shape == (1, 3, 1, 1)
    dim = images * torch.tensor([0.1, 1.0, 1.0]).view(1, 3, 1, 1)
    same = standardise(dim, *moments(dim, keep=1))
    torch.testing.assert_close(same, standardise(images, mean, std), atol=1e-5, rtol=0)


def test_epsilon_is_a_floor():
    X = torch.tensor([[0.0], [1e-4]])
    assert standardise(X, torch.zeros(1), torch.tensor([1e-9]), eps=0.1).max() < 0.01
