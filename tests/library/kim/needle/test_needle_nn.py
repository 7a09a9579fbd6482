"""hw2 modules and initialisers: shapes, draws and conventions."""

import numpy as np
import pytest
import torch

import kim.needle as ndl
from kim.needle import init, nn


@pytest.mark.parametrize(
    "name, kind, scale",
    [
        ("xavier_uniform", "rand", np.sqrt(6 / 7)),
        ("xavier_normal", "randn", np.sqrt(2 / 7)),
        ("kaiming_uniform", "rand", np.sqrt(2) * np.sqrt(3 / 3)),
        ("kaiming_normal", "randn", np.sqrt(2 / 3)),
    ],
)
def test_initialisers_draw_from_the_global_generator(name, kind, scale):
    np.random.seed(3)
    raw = getattr(np.random, kind)(3, 4)
    np.random.seed(3)
    w = getattr(init, name)(3, 4)
    expected = raw * 2 * scale - scale if kind == "rand" else raw * scale
    np.testing.assert_allclose(w.numpy(), expected, rtol=1e-6)
    assert w.dtype == np.float32 and not w.requires_grad


def test_basic_tensors():
    assert init.constant(2, 3, c=4.0).numpy().tolist() == [[4.0] * 3] * 2
    assert init.ones(2).dtype == np.float32 and init.zeros(2, 1).shape == (2, 1)
    assert init.one_hot(3, ndl.Tensor([2, 0])).numpy().tolist() == [
        [0, 0, 1],
        [1, 0, 0],
    ]
    x = ndl.Tensor(np.ones((2, 2)))
    assert ndl.zeros_like(x).dtype == np.float64 and ndl.ones_like(x).shape == (2, 2)
    np.random.seed(0)
    expected = np.random.rand(5) <= 0.3
    np.random.seed(0)
    mask = init.randb(5, p=0.3)
    assert mask.dtype == bool and (mask.numpy() == expected).all()
    assert init.rand(3, low=5, high=6).numpy().min() >= 5
    assert init.randn(2, 2, requires_grad=True).requires_grad


def test_linear_draws_weight_then_bias_and_takes_any_batch():
    np.random.seed(1)
    w = np.random.rand(3, 2) * 2 * np.sqrt(2) - np.sqrt(2)
    b = np.random.rand(2, 1) * 2 * np.sqrt(3) - np.sqrt(3)
    np.random.seed(1)
    layer = nn.Linear(3, 2)
    np.testing.assert_allclose(layer.weight.numpy(), w, rtol=1e-6)
    assert layer.bias.shape == (1, 2)
    np.testing.assert_allclose(layer.bias.numpy(), b.T, rtol=1e-6)
    for shape in [(4, 3), (5, 4, 3)]:
        x = np.ones(shape, np.float32)
        y = layer(ndl.Tensor(x))
        np.testing.assert_allclose(y.numpy(), x @ w + b.T, rtol=1e-5)
        y.sum().backward()
        assert layer.bias.grad.shape == (1, 2)
    assert nn.Linear(3, 2, bias=False).parameters()[0].shape == (3, 2)


def test_parameters_are_found_everywhere_once():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = [nn.Linear(2, 2), {"head": nn.Linear(2, 1)}]
            self.seq = nn.Sequential(nn.Linear(2, 2), nn.Identity())
            self.again = self.layers[0].weight

    net = Net()
    assert len(net.parameters()) == 6
    assert all(isinstance(p, nn.Parameter) for p in net.parameters())
    net.eval()
    everything = [net.layers[0], net.layers[1]["head"], net.seq, *net.seq.modules]
    assert net._children() == everything and nn.Linear(1, 1)._children() == []
    assert not any(m.training for m in (net, *everything))
    net.train()
    assert all(m.training for m in (net, *everything))
    assert "layers.1.head.weight" in net.state_dict()
    x = ndl.Tensor([1.0])
    assert nn.Identity()(x=x) is x


def test_softmax_loss_and_flatten():
    z = np.random.default_rng(0).standard_normal((4, 3)).astype(np.float32)
    y = np.array([0, 2, 1, 1])
    x = ndl.Tensor(z)
    loss = nn.SoftmaxLoss()(x, ndl.Tensor(y))
    t = torch.tensor(z, requires_grad=True)
    expected = torch.nn.functional.cross_entropy(t, torch.tensor(y))
    loss.backward()
    expected.backward()
    assert loss.shape == () and loss.dtype == np.float32
    np.testing.assert_allclose(loss.numpy(), expected.item(), rtol=1e-6)
    np.testing.assert_allclose(x.grad.numpy(), t.grad.numpy(), atol=1e-7)
    assert nn.Flatten()(ndl.Tensor(np.ones((2, 3, 4)))).shape == (2, 12)


def test_norms():
    x = np.random.default_rng(0).normal(3, 2, (6, 4)).astype(np.float32)
    layer = nn.LayerNorm1d(4)
    expected = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5)
    np.testing.assert_allclose(layer(ndl.Tensor(x)).numpy(), expected, atol=1e-5)
    batch = nn.BatchNorm1d(4, momentum=0.2)
    y = batch(ndl.Tensor(x))
    (y**2).sum().backward()
    np.testing.assert_allclose(
        y.numpy(), (x - x.mean(0)) / np.sqrt(x.var(0) + 1e-5), atol=1e-5
    )
    np.testing.assert_allclose(batch.running_mean.numpy(), 0.2 * x.mean(0), rtol=1e-5)
    np.testing.assert_allclose(
        batch.running_var.numpy(), 0.8 + 0.2 * x.var(0), rtol=1e-5
    )
    batch.eval()
    expected = (x - 0.2 * x.mean(0)) / np.sqrt(0.8 + 0.2 * x.var(0) + 1e-5)
    np.testing.assert_allclose(batch(ndl.Tensor(x)).numpy(), expected, atol=1e-5)
    assert len(batch.parameters()) == 2 and batch.weight.grad.shape == (4,)


def test_dropout_uses_randb():
    x = ndl.Tensor(np.ones((3, 4), np.float32))
    np.random.seed(5)
    mask = np.random.rand(3, 4) <= 0.75
    np.random.seed(5)
    y = nn.Dropout(0.25)(x)
    np.testing.assert_allclose(y.numpy(), mask / 0.75, rtol=1e-6)
    assert y.dtype == np.float32
    layer = nn.Dropout(0.25)
    layer.eval()
    assert layer(x) is x


def test_residual_and_relu():
    x = ndl.Tensor([[-1.0, 2.0]])
    assert nn.Residual(nn.ReLU())(x).numpy().tolist() == [[-1.0, 4.0]]
