"""hw1 from its published interface: ops, order, gradients of gradients."""

import gc

import numpy as np
import pytest

import kim.needle as ndl


def tensor(*shape, seed=0, low=0.5):
    rng = np.random.default_rng(seed)
    return ndl.Tensor(rng.uniform(low, 2, shape))


def numeric(f, args, i, u):
    data = args[i].realize_cached_data()
    g = np.zeros(data.shape)
    for j in np.ndindex(data.shape):
        old = data[j]
        data[j] = old + 1e-5
        above = (f(*args).numpy() * u).sum()
        data[j] = old - 1e-5
        below = (f(*args).numpy() * u).sum()
        data[j] = old
        g[j] = (above - below) / 2e-5
    return g


OPS = [
    (ndl.add, np.add, [(2, 3), (2, 3)]),
    (lambda a: ndl.add_scalar(a, 2.5), lambda a: a + 2.5, [(2, 3)]),
    (ndl.multiply, np.multiply, [(2, 3), (2, 3)]),
    (lambda a: ndl.mul_scalar(a, 2.5), lambda a: a * 2.5, [(2, 3)]),
    (ndl.power, np.power, [(2, 3), (2, 3)]),
    (lambda a: ndl.power_scalar(a, 3), lambda a: a**3, [(2, 3)]),
    (ndl.divide, np.divide, [(2, 3), (2, 3)]),
    (lambda a: ndl.divide_scalar(a, 4), lambda a: a / 4, [(2, 3)]),
    (ndl.transpose, lambda a: a.swapaxes(-1, -2), [(2, 3, 4)]),
    (lambda a: ndl.transpose(a, (0, 1)), lambda a: a.swapaxes(0, 1), [(2, 3, 4)]),
    (lambda a: ndl.reshape(a, (3, 2)), lambda a: a.reshape(3, 2), [(2, 3)]),
    (
        lambda a: ndl.broadcast_to(a, (4, 2, 3)),
        lambda a: np.broadcast_to(a, (4, 2, 3)),
        [(2, 1)],
    ),
    (
        lambda a: ndl.broadcast_to(a, (3, 3)),
        lambda a: np.broadcast_to(a, (3, 3)),
        [(3,)],
    ),
    (
        lambda a: ndl.broadcast_to(a, (3, 3)),
        lambda a: np.broadcast_to(a, (3, 3)),
        [()],
    ),
    (ndl.summation, np.sum, [(2, 3)]),
    (lambda a: ndl.summation(a, axes=(0, 2)), lambda a: a.sum((0, 2)), [(2, 3, 4)]),
    (lambda a: ndl.summation(a, axes=1), lambda a: a.sum(1), [(2, 3, 4)]),
    (ndl.matmul, np.matmul, [(2, 3), (3, 4)]),
    (ndl.matmul, np.matmul, [(2, 2, 2, 3), (3, 2)]),
    (ndl.matmul, np.matmul, [(2, 3), (2, 2, 3, 2)]),
    (ndl.negate, np.negative, [(2, 3)]),
    (ndl.log, np.log, [(2, 3)]),
    (ndl.exp, np.exp, [(2, 3)]),
    (ndl.relu, lambda a: np.maximum(a, 0), [(2, 3)]),
    (
        lambda a: ndl.ops.logsumexp(a, axes=(0, 2)),
        lambda a: np.log(np.exp(a).sum((0, 2))),
        [(2, 3, 2)],
    ),
    (ndl.ops.logsumexp, lambda a: np.log(np.exp(a).sum()), [(2, 3)]),
    (
        ndl.ops.logsoftmax,
        lambda a: a - np.log(np.exp(a).sum(1, keepdims=True)),
        [(2, 3)],
    ),
]


@pytest.mark.parametrize("f, numpy_f, shapes", OPS)
def test_forward_local_gradient_and_backward(f, numpy_f, shapes):
    args = [tensor(*s, seed=i) for i, s in enumerate(shapes)]
    out = f(*args)
    np.testing.assert_allclose(out.numpy(), numpy_f(*[a.numpy() for a in args]))
    u = np.random.default_rng(1).standard_normal(out.shape)
    local = out.op.gradient_as_tuple(ndl.Tensor(u), out)
    assert isinstance(local, tuple)
    out.backward(ndl.Tensor(u))
    for i, (a, g) in enumerate(zip(args, local, strict=True)):
        expected = numeric(f, args, i, u)
        assert g.shape == a.shape and isinstance(g, ndl.Tensor)
        np.testing.assert_allclose(g.numpy(), expected, atol=1e-6)
        np.testing.assert_allclose(a.grad.numpy(), expected, atol=1e-6)


def op_names(*outputs):
    order = ndl.autograd.find_topo_sort(list(outputs))
    return [type(t.op).__name__ if t.op else "leaf" for t in order]


def test_lowering_of_signs():
    a, b = tensor(2, 2), tensor(2, 2, seed=1)
    assert op_names(a - b) == ["leaf", "leaf", "Negate", "EWiseAdd"]
    assert op_names(a - 3) == ["leaf", "AddScalar"] and (a - 3).op.scalar == -3
    assert op_names(2 * a) == op_names(a * 2) == ["leaf", "MulScalar"]
    assert op_names(1 + a) == ["leaf", "AddScalar"]
    assert op_names(a**2) == ["leaf", "PowerScalar"]
    assert op_names(a**b)[-1] == "EWisePow" and op_names(a / b)[-1] == "EWiseDiv"
    assert op_names(a / 2) == ["leaf", "DivScalar"]
    assert op_names(a @ b)[-1] == "MatMul" and op_names(-a)[-1] == "Negate"


def test_a_tensor_on_the_right_is_lowered_to_the_same_ops():
    a = tensor(2, 2)
    assert op_names(1 - a) == ["leaf", "Negate", "AddScalar"]
    assert op_names(2 / a) == ["leaf", "PowerScalar", "MulScalar"]
    for f, derivative in ((lambda: 1 - a, -1), (lambda: 2 / a, -2 / a.numpy() ** 2)):
        out = f()
        (g,) = out.op.gradient_as_tuple(ndl.Tensor(np.ones((2, 2))), out)
        assert g.shape == (2, 2)
        out.backward()
        np.testing.assert_allclose(a.grad.numpy(), np.full((2, 2), derivative))


def test_topo_helper_continues_a_started_order():
    a, b = tensor(2, 2), tensor(2, 2, seed=1)
    c = a * b
    d, e = c + a, b * 2
    visited, order = set(), []
    for node in (d, e):
        ndl.autograd.topo_sort_dfs(node, visited, order)
    expected = ndl.autograd.find_topo_sort([d, e])
    assert [id(x) for x in order] == [id(x) for x in expected] and len(order) == 5
    assert visited == set(order)


def test_equality_is_identity_as_in_the_course():
    a, b = tensor(2, 2), tensor(2, 2)
    assert a == a and a != b and (a, 1) != (b, 1) and a in [b, a] and len({a, b}) == 2


def test_ops_take_the_keyword_names_of_the_course():
    a = tensor(2, 3)
    assert ndl.ops.Reshape(shape=(6,))(a).shape == (6,)
    assert ndl.ops.BroadcastTo(shape=(4, 2, 3))(a).shape == (4, 2, 3)
    assert ndl.ops.Summation(axes=(1,))(a).shape == (2,)
    assert ndl.ops.Transpose(axes=(0, 1))(a).shape == (3, 2)
    assert ndl.ops.LogSumExp(axes=(0,))(a).shape == (3,)
    assert ndl.ops.PowerScalar(scalar=2)(a).shape == (2, 3)


def test_topo_order_values():
    a, b = ndl.Tensor([[2.0]]), ndl.Tensor([[5.0]])
    c = a * a + 3 * b
    order = ndl.autograd.find_topo_sort([c])
    assert [float(t.numpy()[0, 0]) for t in order] == [2, 4, 5, 15, 19]
    assert [t.is_leaf() for t in order] == [True, False, True, False, False]


def test_gradient_is_assigned_and_differentiable():
    x, y = ndl.Tensor([3]), ndl.Tensor([4])
    f = x * x * y
    f.backward()
    first = x.grad
    assert first.numpy() == 24 and y.grad.numpy() == 9
    f.backward()
    assert x.grad.numpy() == 24  # not accumulated
    first.backward()
    assert x.grad.numpy() == 8 and y.grad.numpy() == 6


def test_inner_nodes_get_their_gradient_too():
    x = tensor(2, 3)
    h = x * 2
    (h * h).sum().backward()
    np.testing.assert_allclose(h.grad.numpy(), 2 * h.numpy())


def test_tensor_interface():
    x = ndl.Tensor([[1.0, 2.0], [3.0, 4.0]], dtype="float32", device=ndl.cpu())
    assert x.requires_grad and x.shape == (2, 2) and x.dtype == np.float32
    assert x.device == ndl.cpu() and ndl.all_devices() == [ndl.cpu()]
    assert x.matmul(x).numpy().tolist() == (x @ x).numpy().tolist()
    assert x.sum().shape == () and x.sum(axes=(0,)).shape == (2,)
    assert x.transpose().numpy().tolist() == [[1, 3], [2, 4]]
    assert x.reshape((4,)).shape == (4,)
    assert x.reshape((4, 1)).broadcast_to((4, 3)).shape == (4, 3)
    d = x.detach()
    assert not d.requires_grad and d.numpy() is x.realize_cached_data()
    assert x.cached_data is x.numpy() and x.num_outputs == 1
    x.data = x.data + 1
    assert x.numpy()[0, 0] == 2 and x.requires_grad
    with pytest.raises(AssertionError):
        x.data = ndl.Tensor(np.ones((2, 2)))
    x.cached_data = np.zeros((2, 2), np.float32)
    assert not x.numpy().any()
    assert ndl.Tensor.make_const(np.ones(2), True).requires_grad
    made = ndl.Tensor.make_from_op(ndl.ops.EWiseAdd(), [d, d])
    assert made.numpy()[0, 0] == 2 and not made.requires_grad


def test_an_op_written_as_in_the_course():
    class Square(ndl.autograd.TensorOp):
        def compute(self, a):
            return a * a

        def gradient(self, out_grad, node):
            return out_grad * node.inputs[0] * 2

    x = ndl.Tensor([3.0])
    y = Square()(x)
    y.backward()
    g = x.grad
    g.backward()
    assert g.numpy() == 6 and x.grad.numpy() == 2


def test_counter_returns_after_the_graph_is_dropped():
    gc.collect()
    before = ndl.autograd.TENSOR_COUNTER
    x = tensor(2, 3)
    y = (x * x).sum()
    assert before + 3 == ndl.autograd.TENSOR_COUNTER
    y.backward()
    del x, y
    gc.collect()
    assert before == ndl.autograd.TENSOR_COUNTER
    assert ndl.autograd.LAZY_MODE is False


def test_tuples_and_sum_node_list():
    x = ndl.Tensor([1.0])
    pair = ndl.fused_add_scalars(x, 1, 2)
    total = ndl.autograd.sum_node_list([*pair, ndl.tuple_get_item(pair, 1)])
    total.backward()
    assert total.numpy() == 8 and x.grad.numpy() == 3
    assert [a.tolist() for a in ndl.make_tuple(x, x).numpy()] == [[1.0], [1.0]]
    both = pair + ndl.ops.MakeTensorTuple()(x, x)  # part by part, not joined
    assert isinstance(both, ndl.autograd.TensorTuple) and len(both) == 2
    assert [t.numpy().item() for t in both.tuple()] == [3, 4]
    assert ndl.ops.TupleGetItem(1)(ndl.ops.FusedAddScalars(1, 2)(x)).numpy() == 3
    assert not any(t.requires_grad for t in both.detach())
    with pytest.raises(ValueError):
        pair + ndl.make_tuple(x)


def test_logsumexp_does_not_overflow():
    x = np.array([[1e10, 1e9, -10.0], [1e-10, 1e9, -10.0]])
    expected = [1e10, 1e9 + np.log(2), -10 + np.log(2)]
    np.testing.assert_allclose(
        ndl.ops.logsumexp(ndl.Tensor(x), (0,)).numpy(), expected, rtol=1e-15
    )
