"""Normalisation layers follow torch in training and in evaluation."""

import numpy as np
import pytest
import torch

from kim import Tensor, nn


def check(ours, theirs, x):
    a, t = Tensor(x, True), torch.tensor(x, requires_grad=True)
    y, s = ours(a), theirs(t)
    np.testing.assert_allclose(y.array, s.detach().numpy(), atol=1e-10)
    ours.zero_grad(), theirs.zero_grad()
    (y**3).sum().backward()
    (s**3).sum().backward()
    np.testing.assert_allclose(a.grad.array, t.grad.numpy(), atol=1e-9)
    for p, q in zip(ours.parameters(), theirs.parameters(), strict=True):
        np.testing.assert_allclose(p.grad.array, q.grad.numpy(), atol=1e-9)


def randomised(ours, theirs):
    rng = np.random.default_rng(0)
    for p, q in zip(ours.parameters(), theirs.parameters(), strict=True):
        p.array[...] = rng.standard_normal(p.shape)
        q.data = torch.tensor(p.array)
    return ours, theirs


@pytest.mark.parametrize("shape", [(4, 5), (2, 3, 5)])
def test_layer_norm(shape):
    pair = randomised(
        nn.LayerNorm1d(5, dtype="float64"), torch.nn.LayerNorm(5).double()
    )
    check(*pair, np.random.default_rng(1).standard_normal(shape))


def test_batch_norm_in_training_then_in_evaluation():
    ours, theirs = randomised(
        nn.BatchNorm1d(3, dtype="float64"), torch.nn.BatchNorm1d(3).double()
    )
    rng = np.random.default_rng(1)
    for _ in range(3):
        check(ours, theirs, rng.normal(2, 3, (6, 3)))
    for name in ("running_mean", "running_var"):
        np.testing.assert_allclose(
            getattr(ours, name).array, getattr(theirs, name).numpy(), atol=1e-12
        )
    check(ours.eval(), theirs.eval(), rng.normal(2, 3, (1, 3)))


def test_float32_stays_float32():
    x = Tensor(np.ones((4, 3), np.float32), True)
    for layer in (nn.LayerNorm1d(3), nn.BatchNorm1d(3), nn.BatchNorm1d(3).eval()):
        assert layer(x).dtype == np.float32


def test_clear_errors():
    for layer in (nn.LayerNorm1d(3), nn.BatchNorm1d(3)):
        with pytest.raises(ValueError, match="trục cuối 4 ≠ 3"):
            layer(Tensor(np.ones((2, 4))))
    with pytest.raises(ValueError, match="2 mẫu"):
        nn.BatchNorm1d(3)(Tensor(np.ones((1, 3))))
    layer = nn.BatchNorm1d(3)
    for shape in ((3,), (4, 2, 3)):  # only (n, dim) has a batch axis to average
        with pytest.raises(ValueError, match="cần shape"):
            layer(Tensor(np.arange(np.prod(shape), dtype=float).reshape(shape)))
    assert layer.running_var.array.tolist() == [1, 1, 1]  # nothing was spoilt
