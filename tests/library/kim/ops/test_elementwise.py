"""Stability and special points of the elementwise ops."""

import numpy as np
import torch

from kim import Tensor, ops


def test_sigmoid_does_not_overflow():
    y = ops.sigmoid(Tensor([-1000.0, 0.0, 1000.0]))
    assert y.array.tolist() == [0.0, 0.5, 1.0]


def test_relu_derivative_at_zero_is_zero():
    x = Tensor([-1.0, 0.0, 2.0], True)
    ops.relu(x).sum().backward()
    assert x.grad.array.tolist() == [0.0, 0.0, 1.0]


def test_cast_returns_the_gradient_in_the_old_dtype():
    x = Tensor([1.0, 2.0], True)
    y = x.to("float64")
    (y * y).sum().backward()
    assert y.dtype == np.float64 and x.grad.dtype == np.float32


def test_cast_to_integers_cuts_the_graph_like_torch():
    x, t = Tensor([1.7, 2.6], True), torch.tensor([1.7, 2.6], requires_grad=True)
    assert not x.to(int).requires_grad and not t.to(int).requires_grad
    (x.to(int).to("float32") * x).sum().backward()
    (t.to(int).to(torch.float32) * t).sum().backward()
    assert x.grad.array.tolist() == t.grad.tolist() == [1.0, 2.0]


def test_where_takes_a_tensor_mask_and_numbers():
    x = Tensor([-1.0, 2.0], True)
    y = ops.where(x > 0, x, 0)
    y.sum().backward()
    assert y.array.tolist() == [0, 2] and x.grad.array.tolist() == [0, 1]
