"""The small convolutional net: shapes, sliding equivalence, learning, compression."""

import pytest
import torch

from hocsau.tinyconv import TinyConv, accuracy, fit, prune, quantize, scores


def bars(n, rng):
    """Images of one bright row (class 0) or one bright column (class 1)."""
    y = torch.arange(n) % 2
    x = 0.1 * torch.rand(n, 1, 8, 8, generator=rng)
    for i in range(n):
        k = int(torch.randint(8, (1,), generator=rng))
        x[i, 0, k if y[i] == 0 else slice(None), slice(None) if y[i] == 0 else k] = 1
    return x, y


def model(seed=0, **kwargs):
    torch.manual_seed(seed)
    return TinyConv(**kwargs)


def test_shapes():
    assert model()(torch.zeros(3, 1, 8, 8)).shape == (3, 10, 1, 1)
    assert model()(torch.zeros(3, 1, 8, 20)).shape == (3, 10, 1, 7)


def test_one_pass_equals_sliding_window():
    rng = torch.Generator().manual_seed(0)
    net, strip = model(), torch.rand(1, 1, 8, 20, generator=rng)
    windows = torch.cat([strip[..., 2 * j : 2 * j + 8] for j in range(7)])
    with torch.no_grad():
        torch.testing.assert_close(net(strip)[0, :, 0].T, scores(net, windows))


def test_learns_bars():
    rng = torch.Generator().manual_seed(0)
    x, y = bars(200, rng)
    net = fit(model(num_classes=2), x, y, lr=0.01, num_steps=80, rng=rng)
    assert accuracy(net, *bars(100, rng)) > 0.95


def test_prune_zeroes_the_smallest():
    net = prune(model(), 0.5)
    flat = torch.cat([p.flatten() for p in net.parameters() if p.dim() > 1])
    assert (flat == 0).float().mean().item() == pytest.approx(0.5, abs=0.01)
    assert torch.equal(prune(model(), 0).conv1.weight, model().conv1.weight)


def test_quantize_uses_few_levels_and_little_error():
    net = quantize(model(), 3)
    assert len(net.conv2.weight.unique()) <= 7
    fine = quantize(model(), 12).conv2.weight
    torch.testing.assert_close(fine, model().conv2.weight, atol=1e-3, rtol=0)
    with pytest.raises(ValueError, match="2 bit"):
        quantize(model(), 1)
