"""The engine: order, accumulation, depth, memory, gradients of gradients."""

import gc
import weakref

import numpy as np
import pytest
import torch

import kim
from kim import Tensor, no_grad, topo_sort


def test_topo_sort_is_post_order_left_to_right():
    a, b = Tensor(1.0, True), Tensor(2.0, True)
    c = a * b
    d = c + a
    assert [id(t) for t in topo_sort(d)] == [id(t) for t in (a, b, c, d)]


def test_chain_of_200_000_nodes():
    x = Tensor(1.0, True)
    y = x
    for _ in range(200_000):
        y = y + 1
    y.backward()
    assert y.item() == 200_001 and x.grad.item() == 1


def test_dropping_a_deep_result_frees_every_node():
    x = Tensor(np.ones(3), True)
    y, middle = x, None
    gc.disable()  # reference counting alone must be enough
    try:
        for i in range(200_000):
            y = y * 1.0
            if i == 1000:
                middle = weakref.ref(y)
        y.sum().backward()
        assert middle() is not None
        del y
        assert middle() is None
    finally:
        gc.enable()


def test_result_of_kim_grad_with_graph_is_freed_too():
    gc.disable()
    try:
        x = Tensor(2.0, True)
        (g,) = kim.grad(x**3, x, create_graph=True)
        ref = weakref.ref(g.inputs[0])
        assert ref() is not None
        del g
        assert ref() is None
    finally:
        gc.enable()


def test_grad_accumulates_and_only_on_leaves():
    x = Tensor([1.0, 2.0], True)
    y = x * x
    y.sum().backward()
    y.sum().backward()
    assert y.grad is None
    assert x.grad.array.tolist() == [4.0, 8.0]
    assert not x.grad.requires_grad


def test_diamond_sums_both_paths():
    x = Tensor(3.0, True)
    y = x * x
    (y * x + y).backward()
    assert x.grad.item() == 3 * 9 + 2 * 3


def test_derivatives_of_every_order():
    x = Tensor(np.float64(0.7), True)
    y = kim.sin(x)
    for expected in (np.cos, lambda v: -np.sin(v), lambda v: -np.cos(v)):
        (y,) = kim.grad(y, x, create_graph=True)
        assert y.item() == pytest.approx(expected(0.7), abs=1e-15)


def test_backward_with_create_graph_reaches_second_order():
    x = Tensor(2.0, True)
    (x**3).backward(create_graph=True)
    g, x.grad = x.grad, None
    g.backward()
    assert g.item() == 12 and x.grad.item() == 12


def test_grad_matches_torch_with_many_outputs_and_inner_nodes():
    def build(lib, make):
        a, b = make(2.0), make(3.0)
        h = a * b
        return (h * h, h + a), (a, h)

    outs, ins = build(kim, lambda v: Tensor(np.float64(v), True))
    t_outs, t_ins = build(
        torch, lambda v: torch.tensor(v, dtype=torch.float64, requires_grad=True)
    )
    ours = kim.grad(outs, ins)
    theirs = torch.autograd.grad(t_outs, t_ins)
    assert [g.item() for g in ours] == [g.item() for g in theirs]
    assert ins[0].grad is None


def test_no_grad_records_nothing_and_nests():
    x = Tensor(1.0, True)
    with no_grad():
        with kim.set_grad_enabled(True):
            assert (x * 2).requires_grad
        assert not (x * 2).requires_grad
    assert (x * 2).requires_grad

    @no_grad()
    def double(v):
        return v * 2

    assert double(x).op is None
    with pytest.raises(ZeroDivisionError), no_grad():
        raise ZeroDivisionError
    assert (x * 2).requires_grad


def test_unneeded_inputs_get_no_gradient():
    x, w = Tensor(np.ones((2, 3))), Tensor(np.ones((4, 3)), True)
    y = kim.ops.linear(x, w)
    gx, gw = y.op.vjp(Tensor(np.ones((2, 4))), y, x, w)
    assert gx is None and gw.shape == (4, 3)


def test_gradient_keeps_the_dtype_of_its_input():
    x = Tensor(np.ones(3, np.float32), True)
    (x * Tensor(np.ones(3))).sum().backward()
    assert x.grad.dtype == np.float32


@pytest.mark.parametrize(
    "call, error, words",
    [
        (lambda: Tensor([1.0, 2.0], True).backward(), RuntimeError, "một số"),
        (lambda: Tensor(1.0).backward(), RuntimeError, "requires_grad"),
        (
            lambda: (Tensor([1.0], True) * 2).backward(Tensor([1.0, 2.0])),
            ValueError,
            r"\(2,\) với kết quả \(1,\)",
        ),
        (
            lambda: kim.grad(Tensor(1.0, True) * 2, Tensor(1.0, True)),
            RuntimeError,
            "đầu vào thứ 0",
        ),
    ],
)
def test_clear_errors(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_grad_allow_unused():
    x, y = Tensor(1.0, True), Tensor(1.0, True)
    assert kim.grad(x * 2, [x, y], allow_unused=True)[1] is None


def test_a_reader_s_own_op():
    class Cube(kim.Op):
        def forward(self, a):
            return a**3

        def vjp(self, g, out, a):
            return (g * 3 * a**2,)

    assert kim.gradcheck(lambda a: Cube()(a), np.array([1.0, -2.0]), order=2)
