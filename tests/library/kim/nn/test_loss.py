"""SoftmaxLoss is torch's CrossEntropyLoss."""

import numpy as np
import torch

from kim import Tensor, nn


def test_value_and_gradient_as_torch():
    z = np.random.default_rng(0).standard_normal((5, 4)) * 10
    y = np.array([0, 1, 2, 3, 3])
    x, t = Tensor(z, True), torch.tensor(z, requires_grad=True)
    loss, expected = (
        nn.SoftmaxLoss()(x, Tensor(y)),
        torch.nn.CrossEntropyLoss()(t, torch.tensor(y)),
    )
    loss.backward()
    expected.backward()
    np.testing.assert_allclose(loss.item(), expected.item(), atol=1e-12)
    np.testing.assert_allclose(x.grad.array, t.grad.numpy(), atol=1e-12)
