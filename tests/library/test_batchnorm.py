"""Hand-written batch norm: outputs, gradients and running statistics of PyTorch."""

import pytest
import torch
from torch import nn

from hocsau.batchnorm import BatchNorm, backward, batch_stats, forward


def draw(*shape, seed=0):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=rng, dtype=torch.float64)


def pair(d, **options):
    """Ours and PyTorch's, with the same random γ and β."""
    ours = BatchNorm(d, **options).double()
    theirs = nn.BatchNorm1d(d, **options).double()
    with torch.no_grad():
        for layer in (ours, theirs):
            layer.weight.copy_(1 + 0.5 * draw(d, seed=1))
            layer.bias.copy_(draw(d, seed=2))
    return ours, theirs


@pytest.mark.parametrize("n", [2, 3, 50])
@pytest.mark.parametrize("options", [{}, {"momentum": 0.3}, {"eps": 1e-2}])
def test_equal_to_torch_over_several_batches(n, options):
    ours, theirs = pair(6, **options)
    for step in range(5):
        A = (3 + 2 * draw(n, 6, seed=10 + step)).requires_grad_()
        B = A.detach().clone().requires_grad_()
        G = draw(n, 6, seed=50 + step)
        Y, Z = ours(A), theirs(B)
        (Y * G).sum().backward()
        (Z * G).sum().backward()
        assert (Y - Z).abs().max() < 1e-9
        assert (A.grad - B.grad).abs().max() < 1e-9
        for name in ("weight", "bias"):
            mine, other = getattr(ours, name).grad, getattr(theirs, name).grad
            assert (mine - other).abs().max() < 1e-9
        for name in ("running_mean", "running_var"):
            assert (getattr(ours, name) - getattr(theirs, name)).abs().max() < 1e-9
    ours.eval(), theirs.eval()
    X = draw(4, 6, seed=99)
    assert (ours(X) - theirs(X)).abs().max() < 1e-9


def test_eval_gradient_treats_the_statistics_as_constants():
    ours, theirs = pair(5)
    for layer in (ours, theirs):
        layer(draw(20, 5, seed=3))
        layer.eval()
    A, B = (draw(7, 5, seed=4).requires_grad_() for _ in range(2))
    G = draw(7, 5, seed=5)
    (ours(A) * G).sum().backward()
    (theirs(B) * G).sum().backward()
    assert (A.grad - B.grad).abs().max() < 1e-9


def test_backward_by_finite_differences():
    X = draw(5, 3).requires_grad_()
    gamma, beta = draw(3, seed=1).requires_grad_(), draw(3, seed=2).requires_grad_()
    layer = BatchNorm(3).double()

    def call(X, gamma, beta):
        named = {"weight": gamma, "bias": beta}
        return torch.func.functional_call(layer, named, (X,))

    assert torch.autograd.gradcheck(call, (X, gamma, beta))


def test_gradient_has_no_part_along_ones_nor_along_the_normalised_column():
    X, G = draw(30, 4), draw(30, 4, seed=1)
    mu, var = batch_stats(X)
    _, X_hat, s = forward(X, torch.ones(4), torch.zeros(4), mu, var, 0.0)
    dX, _, _ = backward(G, X_hat, s, torch.ones(4))
    assert dX.sum(0).abs().max() < 1e-10
    assert (dX * X_hat).sum(0).abs().max() < 1e-10
    assert dX.abs().max() > 1e-3


def test_running_variance_is_unbiased_and_forgets_at_the_stated_rate():
    layer = BatchNorm(3, momentum=0.25).double()
    X = 5 + draw(8, 3)
    for _ in range(4):
        layer(X)
    left = 0.75**4
    assert torch.allclose(layer.running_mean, (1 - left) * X.mean(0))
    expected = left + (1 - left) * X.var(0, correction=1)
    assert torch.allclose(layer.running_var, expected)


def test_two_samples_become_plus_and_minus_one():
    Y = BatchNorm(40, eps=0.0).double()(draw(2, 40))
    assert torch.allclose(Y.abs(), torch.ones(2, 40, dtype=torch.float64))
    assert torch.allclose(Y[0], -Y[1])


def test_nets_in_front_are_normalised_apart():
    many = BatchNorm(3, 1, 4).double()
    X = draw(3, 10, 4).requires_grad_()
    G = draw(3, 10, 4, seed=1)
    (many(X) * G).sum().backward()
    for i in range(3):
        one = BatchNorm(4).double()
        A = X.detach()[i].requires_grad_()
        (one(A) * G[i]).sum().backward()
        assert torch.allclose(X.grad[i], A.grad)
        assert torch.allclose(many.weight.grad[i, 0], one.weight.grad)
        assert torch.allclose(many.running_var[i, 0], one.running_var)


def test_state_of_a_torch_layer_can_be_loaded():
    theirs = nn.BatchNorm1d(3)
    theirs(torch.randn(9, 3, generator=torch.Generator().manual_seed(0)))
    state = theirs.state_dict()
    state.pop("num_batches_tracked")
    ours = BatchNorm(3)
    ours.load_state_dict(state)
    X = torch.linspace(-1, 1, 12).reshape(4, 3)
    assert torch.allclose(ours.eval()(X), theirs.eval()(X), atol=1e-6)


def test_a_batch_of_one_is_refused_only_while_learning():
    layer = BatchNorm(3)
    with pytest.raises(ValueError, match="một mẫu"):
        layer(torch.zeros(1, 3))
    assert layer.eval()(torch.zeros(1, 3)).shape == (1, 3)


@pytest.mark.parametrize("shape", [(5, 4), (2, 5, 3), (3,)])
def test_a_wrong_shape_is_named(shape):
    with pytest.raises(ValueError, match="không khớp"):
        BatchNorm(3)(torch.zeros(shape))
