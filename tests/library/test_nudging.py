"""Gradients by nudging: exact on quadratics, the right order, honest errors."""

import pytest
import torch

from hocsau import nudging


def doubles(*shape, seed=0):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=rng, dtype=torch.float64)


def cubic(params):
    a, b = params
    return (a**3).sum() + (a.sum() * b).sum()


def truth(params):
    a, b = params
    return 3 * a**2 + b.sum(), a.sum() * torch.ones_like(b)


def test_shapes_values_and_params_untouched():
    params = (doubles(2, 3), doubles(4, seed=1))
    before = [p.clone() for p in params]
    grads = nudging.nudged(cubic, params)
    for g, p, old, t in zip(grads, params, before, truth(params), strict=True):
        assert g.shape == p.shape and torch.equal(p, old)
        assert torch.allclose(g, t, rtol=1e-7)


@pytest.mark.parametrize(("central", "order"), [(True, 2), (False, 1)])
def test_error_shrinks_at_the_promised_order(central, order):
    params = (doubles(2, 3), doubles(4, seed=1))
    errors = [
        nudging.relative_error(
            nudging.nudged(cubic, params, eps=eps, central=central), truth(params)
        )
        for eps in (1e-2, 1e-3)
    ]
    assert errors[0] / errors[1] == pytest.approx(10**order, rel=0.05)


@pytest.mark.parametrize(("central", "calls"), [(True, 20), (False, 11)])
def test_number_of_calls(central, calls):
    count = 0

    def f(params):
        nonlocal count
        count += 1
        return cubic(params)

    nudging.nudged(f, (doubles(2, 3), doubles(4, seed=1)), central=central)
    assert count == calls


def test_transposed_parameters_are_filled_in_their_own_layout():
    a = doubles(3, 2).T  # not contiguous
    (g,) = nudging.nudged(lambda p: (p[0] ** 2).sum(), (a,))
    assert torch.allclose(g, 2 * a, rtol=1e-7)


def test_relative_error():
    a = (doubles(3), doubles(2, 2, seed=1))
    assert nudging.relative_error(a, a) == 0
    assert nudging.relative_error(a, [-x for x in a]) == pytest.approx(2)
    assert nudging.relative_error(a, [2 * x for x in a]) == pytest.approx(0.5)
    zero = [torch.zeros(3), torch.zeros(2, 2)]
    assert nudging.relative_error(zero, zero) == 0
