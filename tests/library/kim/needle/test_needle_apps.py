"""hw0 and hw1 programs against torch."""

import numpy as np
import pytest
import torch

import kim.needle as ndl
from kim.needle.apps import hw0, simple_ml


def problem():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((50, 6)).astype(np.float32)
    return X, rng.integers(0, 3, 50).astype(np.uint8), rng


def torch_epoch(X, y, weights, lr, batch):
    params = [torch.tensor(w, requires_grad=True) for w in weights]
    for i in range(0, len(y), batch):
        z = torch.tensor(X[i : i + batch])
        for k, w in enumerate(params):
            z = (torch.relu(z) if k else z) @ w
        labels = torch.tensor(y[i : i + batch].astype(int))
        grads = torch.autograd.grad(
            torch.nn.functional.cross_entropy(z, labels), params
        )
        with torch.no_grad():
            for p, g in zip(params, grads, strict=True):
                p -= lr * g
    return [p.detach().numpy() for p in params]


def test_softmax_loss_both_forms():
    X, y, _ = problem()
    expected = torch.nn.functional.cross_entropy(
        torch.tensor(X), torch.tensor(y.astype(int))
    ).item()
    assert np.isclose(hw0.softmax_loss(X, y), expected, rtol=1e-5)
    loss = simple_ml.softmax_loss(ndl.Tensor(X), ndl.Tensor(np.eye(6)[y]))
    assert loss.shape == () and np.isclose(loss.numpy(), expected, rtol=1e-5)
    value, error = simple_ml.loss_err(ndl.Tensor(X), y)
    assert np.isclose(value, expected, rtol=1e-5)
    assert error == (X.argmax(1) != y).mean()
    assert hw0.loss_err(X, y) == (hw0.softmax_loss(X, y), error)


def test_softmax_regression_epoch_in_place():
    X, y, rng = problem()
    theta = rng.standard_normal((6, 3)).astype(np.float32)
    (expected,) = torch_epoch(X, y, [theta], 0.2, 20)
    assert hw0.softmax_regression_epoch(X, y, theta, lr=0.2, batch=20) is None
    np.testing.assert_allclose(theta, expected, atol=1e-6)


def test_the_cpp_name_wants_the_types_of_the_cpp_buffers():
    X, y, rng = problem()
    theta = rng.standard_normal((6, 3)).astype(np.float32)
    expected = theta.copy()
    hw0.softmax_regression_epoch(X, y, expected, lr=0.2, batch=20)
    hw0.softmax_regression_epoch_cpp(X, y, theta, lr=0.2, batch=20)
    assert (theta == expected).all()
    for bad in (
        (X.astype(float), y, theta),
        (X, y.astype(int), theta),
        (X, y, theta.astype(float)),
        (X, y, np.asfortranarray(theta)),
    ):
        with pytest.raises(TypeError):
            hw0.softmax_regression_epoch_cpp(*bad, 0.2, 20)


def test_two_layer_epochs_agree():
    X, y, rng = problem()
    W1 = rng.standard_normal((6, 4)).astype(np.float32)
    W2 = rng.standard_normal((4, 3)).astype(np.float32)
    expected = torch_epoch(X, y, [W1, W2], 0.2, 20)
    new = simple_ml.nn_epoch(X, y, ndl.Tensor(W1), ndl.Tensor(W2), lr=0.2, batch=20)
    hw0.nn_epoch(X, y, W1, W2, lr=0.2, batch=20)
    for a, b, c in zip((W1, W2), new, expected, strict=True):
        np.testing.assert_allclose(a, c, atol=1e-6)
        np.testing.assert_allclose(b.numpy(), c, atol=1e-6)
        assert b.is_leaf() and b.dtype == np.float32


def test_programs_are_reached_from_the_package():
    assert ndl.hw0 is hw0 and ndl.simple_ml is simple_ml
    assert ndl.mlp_resnet.train_mnist and simple_ml.parse_mnist is hw0.parse_mnist


def test_add():
    assert hw0.add(2, 3) == 5 and (hw0.add(np.ones(2), 1) == 2).all()
