"""Every op of kim has one row here: shapes, the kim form and the torch form.

Each row is checked against finite differences (first and second order)
and against torch in float64 (value, gradient, gradient of the
gradient).
"""

import numpy as np
import pytest
import torch

import kim
from kim import ops
from kim.autograd import Op

POSITIVE = "positive"
LABELS = np.array([2, 0, 1])
ROWS = np.array([0, 2, 2])
MASK = np.array([[True, False, True], [False, True, True]])

# op class: list of (kim function, torch function, input shapes, domain)
ROWS_BY_OP = {
    "Add": [(lambda a, b: a + b, lambda a, b: a + b, [(2, 3), (3,)])],
    "Sub": [(lambda a, b: a - b, lambda a, b: a - b, [(2, 1), (2, 3)])],
    "Mul": [(lambda a, b: a * b, lambda a, b: a * b, [(4, 1, 3), (2, 1)])],
    "Div": [(lambda a, b: a / b, lambda a, b: a / b, [(2, 3), (1, 3)], POSITIVE)],
    "Neg": [(lambda a: -a * a, lambda a: -a * a, [(3,)])],
    "Power": [
        (lambda a: a**3, lambda a: a**3, [(2, 3)]),
        (lambda a: a**1, lambda a: a**1, [(2,)]),
        (lambda a: a**-0.5, lambda a: a**-0.5, [(2, 3)], POSITIVE),
        (ops.sqrt, torch.sqrt, [(3,)], POSITIVE),
    ],
    "Pow": [(ops.pow, torch.pow, [(2, 3), (3,)], POSITIVE)],
    "Exp": [(ops.exp, torch.exp, [(2, 3)])],
    "Log": [(ops.log, torch.log, [(2, 3)], POSITIVE)],
    "Sin": [(ops.sin, torch.sin, [(3,)])],
    "Cos": [(ops.cos, torch.cos, [(3,)])],
    "Tanh": [(ops.tanh, torch.tanh, [(2, 3)])],
    "Sigmoid": [(ops.sigmoid, torch.sigmoid, [(2, 3)])],
    "ReLU": [(lambda a: ops.relu(a) ** 2, lambda a: torch.relu(a) ** 2, [(2, 3)])],
    "Where": [
        (
            lambda a, b: ops.where(MASK, a * a, b * a),
            lambda a, b: torch.where(torch.tensor(MASK), a * a, b * a),
            [(2, 3), (3,)],
        )
    ],
    "Cast": [(lambda a: (a * a).to("float64"), lambda a: (a * a).double(), [(3,)])],
    "Sum": [
        (lambda a: (a * a).sum(1), lambda a: (a * a).sum(1), [(2, 3)]),
        (lambda a: (a * a).sum(), lambda a: (a * a).sum(), [(2, 3)]),
        (
            lambda a: a.sum((0, -1), keepdims=True) * a,
            lambda a: a.sum((0, -1), keepdim=True) * a,
            [(2, 3, 2)],
        ),
        (lambda a: (a * a).mean(-1), lambda a: (a * a).mean(-1), [(2, 3)]),
        (lambda a: a.var(0), lambda a: a.var(0), [(4, 3)]),
        (
            lambda a: a.var(1, correction=0),
            lambda a: a.var(1, correction=0),
            [(2, 3)],
        ),
    ],
    "Amax": [
        (lambda a: (a * a).amax(1), lambda a: (a * a).amax(1), [(2, 3)]),
        (lambda a: a.amax() ** 2, lambda a: a.amax() ** 2, [(2, 3)]),
    ],
    "Reshape": [
        (lambda a: (a * a).reshape(3, -1), lambda a: (a * a).reshape(3, -1), [(2, 6)]),
    ],
    "Permute": [
        (
            lambda a: (a * a).permute(2, 0, 1),
            lambda a: (a * a).permute(2, 0, 1),
            [(2, 3, 4)],
        ),
        (
            lambda a: (a * a).transpose(0, -1),
            lambda a: (a * a).transpose(0, -1),
            [(2, 3, 4)],
        ),
        (lambda a: a.T * a.mT, lambda a: a.T * a.mT, [(2, 3)]),
    ],
    "Expand": [
        (
            lambda a: (a * a).expand(4, 2, 3),
            lambda a: (a * a).expand(4, 2, 3),
            [(2, 1)],
        )
    ],
    "GetItem": [
        (lambda a: a[1] * a[:, ::2].sum(), lambda a: a[1] * a[:, ::2].sum(), [(2, 3)]),
        (lambda a: (a * a)[ROWS], lambda a: (a * a)[ROWS], [(3, 2)]),
        (lambda a: (a * a)[MASK], lambda a: (a * a)[MASK], [(2, 3)]),
        (
            lambda a: (a * a)[None, ..., 0],
            lambda a: (a * a)[None, ..., 0],
            [(2, 3, 2)],
        ),
    ],
    "Scatter": [
        (
            lambda a: ops.scatter(a * a, ROWS, (4, 2)),
            lambda a: torch.zeros(4, 2, dtype=a.dtype).index_add(
                0, torch.tensor(ROWS), a * a
            ),
            [(3, 2)],
        ),
        (
            lambda a: ops.scatter(a * a, slice(1, 3), (4,)),
            lambda a: torch.nn.functional.pad(a * a, (1, 1)),
            [(2,)],
        ),
    ],
    "MatMul": [
        (ops.matmul, torch.matmul, [(2, 3), (3, 4)]),
        (ops.matmul, torch.matmul, [(3, 2, 3), (3, 2)]),
        (ops.matmul, torch.matmul, [(2, 3), (2, 2, 3, 2)]),
        (ops.matmul, torch.matmul, [(3,), (3, 2)]),
        (ops.matmul, torch.matmul, [(2, 3), (3,)]),
        (ops.matmul, torch.matmul, [(3,), (3,)]),
        (ops.matmul, torch.matmul, [(3,), (2, 3, 2)]),
    ],
    "Linear": [
        (ops.linear, torch.nn.functional.linear, [(4, 3), (2, 3), (2,)]),
        (ops.linear, torch.nn.functional.linear, [(4, 3), (2, 3)]),
        (ops.linear, torch.nn.functional.linear, [(2, 2, 3), (2, 3), (2,)]),
        (ops.linear, torch.nn.functional.linear, [(3,), (2, 3), (2,)]),
    ],
    "LogSumExp": [
        (
            lambda a: ops.logsumexp(a, 1),
            lambda a: torch.logsumexp(a, 1),
            [(2, 3)],
        ),
        (
            lambda a: ops.logsumexp(a) * a,
            lambda a: torch.logsumexp(a, (0, 1)) * a,
            [(2, 3)],
        ),
        (
            lambda a: ops.logsumexp(a, (0, 2), keepdims=True),
            lambda a: torch.logsumexp(a, (0, 2), keepdim=True),
            [(2, 3, 2)],
        ),
    ],
    "LogSoftmax": [
        (
            lambda a: ops.log_softmax(a, 0),
            lambda a: torch.log_softmax(a, 0),
            [(2, 3)],
        ),
        (lambda a: ops.softmax(a), lambda a: torch.softmax(a, -1), [(2, 3)]),
    ],
    "CrossEntropy": [
        (
            lambda z: ops.cross_entropy(z, LABELS),
            lambda z: torch.nn.functional.cross_entropy(z, torch.tensor(LABELS)),
            [(3, 4)],
        )
    ],
    "Standardize": [
        (
            lambda a: ops.standardize(a, -1),
            lambda a: torch.nn.functional.layer_norm(a, a.shape[-1:]),
            [(3, 4)],
        ),
        (
            lambda a: ops.standardize(a, 0),
            lambda a: torch.nn.functional.batch_norm(a, None, None, training=True),
            [(4, 2)],
        ),
    ],
}

CASES = [
    pytest.param(*row[:3], row[3] if len(row) > 3 else None, id=f"{name}-{i}")
    for name, rows in ROWS_BY_OP.items()
    for i, row in enumerate(rows)
]


def draw(shapes, domain):
    rng = np.random.default_rng(1)
    low = 0.5 if domain == POSITIVE else -1.5
    return [rng.uniform(low, 1.5, s) for s in shapes]


def library_ops():
    """Names of the concrete op classes that kim.ops defines."""
    found, queue = set(), [Op]
    while queue:
        for cls in queue.pop().__subclasses__():
            queue.append(cls)
            if cls.__module__.startswith("kim.ops.") and "vjp" in vars(cls):
                found.add(cls.__name__)
    return found


def test_no_op_without_its_row():
    assert library_ops() == set(ROWS_BY_OP)


@pytest.mark.parametrize("name", ROWS_BY_OP)
def test_row_builds_its_op(name):
    for f, _, shapes, *domain in ROWS_BY_OP[name]:
        arrays = draw(shapes, *domain or [None])
        out = f(*[kim.Tensor(a, requires_grad=True) for a in arrays])
        used = {type(t.op).__name__ for t in kim.topo_sort(out)}
        if name in used:
            return
    pytest.fail(f"no row of {name} puts {name} into the graph")


@pytest.mark.parametrize("f, torch_f, shapes, domain", CASES)
def test_finite_differences_to_second_order(f, torch_f, shapes, domain):
    assert kim.gradcheck(f, *draw(shapes, domain), order=2)


@pytest.mark.parametrize("f, torch_f, shapes, domain", CASES)
def test_agrees_with_torch(f, torch_f, shapes, domain):
    arrays = draw(shapes, domain)
    ours = [kim.Tensor(a, requires_grad=True) for a in arrays]
    theirs = [torch.tensor(a, requires_grad=True) for a in arrays]
    y, t = f(*ours), torch_f(*theirs)
    u = np.random.default_rng(2).standard_normal(y.shape)
    assert y.shape == tuple(t.shape) and y.dtype == np.float64
    np.testing.assert_allclose(y.array, t.detach().numpy(), atol=1e-12)
    g = kim.grad((y * u).sum(), ours, create_graph=True)
    h = torch.autograd.grad((t * torch.tensor(u)).sum(), theirs, create_graph=True)
    for a, b in zip(g, h, strict=True):
        np.testing.assert_allclose(a.array, b.detach().numpy(), atol=1e-12)
    if any(a.requires_grad for a in g):
        total = sum((a * a).sum() for a in g)
        total_t = sum((b * b).sum() for b in h)
        second = kim.grad(total, ours, allow_unused=True)
        second_t = torch.autograd.grad(total_t, theirs, allow_unused=True)
        for a, b in zip(second, second_t, strict=True):
            a = 0 if a is None else a.array
            b = 0 if b is None else b.numpy()
            np.testing.assert_allclose(a, b, atol=1e-11)


@pytest.mark.parametrize("name", ROWS_BY_OP)
def test_vjp_returns_one_part_per_input(name):
    for f, _, shapes, *domain in ROWS_BY_OP[name]:
        arrays = draw(shapes, *domain or [None])
        out = f(*[kim.Tensor(a, requires_grad=True) for a in arrays])
        for node in kim.topo_sort(out):
            if node.op:
                g = kim.Tensor(np.ones(node.shape))
                parts = node.op.vjp(g, node, *node.inputs)
                assert isinstance(parts, tuple)
                assert len(parts) == len(node.inputs)
