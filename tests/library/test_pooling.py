"""Pooling families: limits, gradients, agreement with PyTorch."""

import math

import pytest
import torch
from torch.nn import functional as F

from hocsau.pooling import blur_pool, log_mean_exp, lp_mean, lp_pool, windows


def maps(n=2, c=3, h=6, w=8):
    rng = torch.Generator().manual_seed(0)
    return torch.rand(n, c, h, w, generator=rng, dtype=torch.float64)


def test_windows_hold_what_average_and_max_pooling_see():
    x = maps()
    cells = windows(x, 2)
    assert cells.shape == (2, 3, 3, 4, 4)
    torch.testing.assert_close(cells.mean(-1), F.avg_pool2d(x, 2))
    torch.testing.assert_close(windows(x, 3, 1).amax(-1), F.max_pool2d(x, 3, stride=1))
    with pytest.raises(ValueError, match="size"):
        windows(x, 7)


@pytest.mark.parametrize("p", [1.0, 2.0, 3.0, 8.0])
def test_lp_differs_from_torch_by_the_mean_factor(p):
    x = maps()
    torch.testing.assert_close(lp_pool(x, p, 2), F.lp_pool2d(x, p, 2) / 4 ** (1 / p))


def test_lp_takes_absolute_values_and_survives_large_p():
    x = torch.tensor([-3.0, 1.0, 2.0])
    assert lp_mean(x, 1.0).item() == pytest.approx(2.0)
    assert lp_mean(1e6 * x, 500.0).item() == pytest.approx(3e6, rel=0.01)
    assert lp_mean(x, math.inf).item() == 3


def test_log_mean_exp_limits():
    x = maps()

    def log_mean(x, b):
        return log_mean_exp(windows(x, 2), b)

    torch.testing.assert_close(log_mean(x, 0), F.avg_pool2d(x, 2))
    torch.testing.assert_close(log_mean(x, math.inf), F.max_pool2d(x, 2))
    torch.testing.assert_close(log_mean(x, -math.inf), -F.max_pool2d(-x, 2))
    near = log_mean(x, 1e-4)
    torch.testing.assert_close(near, F.avg_pool2d(x, 2), atol=1e-4, rtol=0)
    gap = F.max_pool2d(x, 2) - log_mean(x, 50.0)
    assert (gap >= 0).all() and gap.max() <= math.log(4) / 50


def test_gradients():
    x = maps(1, 1, 4, 4).requires_grad_()
    assert torch.autograd.gradcheck(lambda v: log_mean_exp(windows(v, 2), 3.0), x)
    assert torch.autograd.gradcheck(lambda v: lp_pool(v, 3.0, 2), x, atol=1e-4)
    cell = torch.zeros(4, requires_grad=True)
    lp_mean(cell, 4.0).backward()
    assert cell.grad.isfinite().all()
    assert log_mean_exp(torch.tensor([900.0, 1.0]), 1.0).isfinite()


def test_blur_keeps_constants_and_halves():
    x = torch.full((1, 2, 12, 12), 0.7)
    out = blur_pool(x)
    assert out.shape == (1, 2, 6, 6)
    torch.testing.assert_close(out, torch.full_like(out, 0.7))
