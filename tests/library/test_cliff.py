"""The one-unit recurrent net: gradient against autograd, and clipping."""

import numpy as np
import pytest
import torch

from hocsau import cliff


@pytest.mark.parametrize("point", [(5.0, -2.0), (3.0, -1.0), (6.5, -3.2)])
def test_gradient_agrees_with_autograd(point):
    w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in point)
    h = torch.tensor(cliff.START, dtype=torch.float64)
    for _ in range(cliff.STEPS):
        h = w * torch.sigmoid(h) + b
    loss = (torch.sigmoid(h) - cliff.TARGET) ** 2
    loss.backward()
    value, grad = cliff.loss_grad(*point)
    assert value == pytest.approx(loss.item(), rel=1e-9)
    assert grad == pytest.approx([w.grad.item(), b.grad.item()], rel=1e-6)


def test_there_is_a_cliff():
    w, b = np.meshgrid(np.linspace(3, 8, 100), np.linspace(-5, -1, 100))
    norms = np.hypot(*cliff.loss_grad(w, b)[1])
    assert norms.max() > 50 * np.median(norms)


def test_clip_agrees_with_pytorch_and_keeps_the_direction():
    for raw in ([3.0, 4.0], [0.03, 0.04], [0.0, 0.0]):
        p = torch.zeros(2, dtype=torch.float64)
        p.grad = torch.tensor(raw, dtype=torch.float64)
        torch.nn.utils.clip_grad_norm_([p], 1.0)
        got = cliff.clip(np.array(raw), 1.0)
        assert got == pytest.approx(p.grad.numpy(), abs=1e-5)


def test_descend_never_steps_further_than_the_threshold():
    starts = np.random.default_rng(0).uniform((3, -3.5), (7, -1), (20, 2)).T
    path = cliff.descend(starts, lr=0.5, max_norm=1.0, num_steps=50)
    assert path.shape == (51, 2, 20)
    steps = np.hypot(*np.moveaxis(np.diff(path, axis=0), 1, 0))
    assert steps.max() <= 0.5 + 1e-9
    free = cliff.descend(starts, lr=1.0, num_steps=50)
    assert np.hypot(*np.moveaxis(np.diff(free, axis=0), 1, 0)).max() > 2
