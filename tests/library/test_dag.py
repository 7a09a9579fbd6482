"""Backprop over any directed acyclic graph: order, fan-out, agreement with autograd."""

from graphlib import CycleError

import pytest
import torch

from hocsau import dag
from hocsau.modules import NLL, Add, Linear, LogSoftmax, Max, ReLU


def small():
    rng = torch.Generator().manual_seed(3)

    def draw(*s):
        return torch.randn(*s, generator=rng, dtype=torch.float64)

    y = torch.tensor([0, 2, 1, 1])
    graph = {  # deliberately not written in execution order
        "loss": (NLL(y), ("logp",)),
        "logp": (LogSoftmax(), ("sum",)),
        "sum": (Add(), ("h", "m", "h")),
        "m": (Max(), ("h", "g")),
        "h": (ReLU(), ("z",)),
        "z": (Linear(), ("x", "W", "b")),
        "g": (Linear(), ("x", "V", "b")),
    }
    leaves = {"x": draw(4, 3), "W": draw(3, 3), "V": draw(3, 3), "b": draw(3)}
    return graph, leaves, y


def reference(leaves, y):
    t = {k: v.clone().requires_grad_() for k, v in leaves.items()}
    h = torch.relu(t["x"] @ t["W"] + t["b"])
    mx = torch.maximum(h, t["x"] @ t["V"] + t["b"])
    torch.nn.functional.cross_entropy(2 * h + mx, y).backward()
    return {k: v.grad for k, v in t.items()}


def test_gradients_agree_with_autograd():
    graph, leaves, y = small()
    grads = dag.pull(graph, dag.run(graph, leaves), "loss")
    for name, grad in reference(leaves, y).items():
        torch.testing.assert_close(grads[name], grad, rtol=1e-12, atol=1e-14)


def test_every_linear_extension_gives_the_same_gradient():
    graph, leaves, _ = small()
    orders = list(dag.all_orders(graph))
    # z before h before m; g before m; then the chain m, sum, logp, loss
    assert len(orders) == 3
    results = []
    for order in orders:
        values = dag.run(graph, leaves, order=order)
        results.append(dag.pull(graph, values, "loss", order=order))
    for other in results[1:]:
        for name in leaves:
            assert torch.equal(other[name], results[0][name])


def test_nodes_that_do_not_reach_the_output_get_no_gradient():
    graph, leaves, _ = small()
    graph["aside"] = (ReLU(), ("z",))
    grads = dag.pull(graph, dag.run(graph, leaves), "loss")
    assert "aside" not in grads


def test_a_cycle_and_a_bad_order_are_refused():
    with pytest.raises(CycleError):
        dag.topological({"a": (ReLU(), ("b",)), "b": (ReLU(), ("a",))})
    graph, leaves, _ = small()
    with pytest.raises(KeyError):
        dag.run(graph, leaves, order=list(graph))
