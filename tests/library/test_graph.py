"""Walking the autograd graph agrees with PyTorch's own backward pass."""

import pytest
import torch

from hocsau import graph


def leaf(*values):
    data = torch.tensor(values if len(values) > 1 else values[0], dtype=torch.float64)
    return data.requires_grad_()


def little(a, b):
    """The function of the lab: (a + b)(b - 1)."""
    c = a + b
    d = b - 1
    return c * d, c, d


def test_walk_puts_each_node_before_its_inputs():
    a, b = leaf(1.5), leaf(2.5)
    e, c, _ = little(a, b)
    out = torch.sin(e) * c + e
    order = graph.walk(out)
    place = {node: i for i, node in enumerate(order)}
    assert order[0] is out.grad_fn and len(place) == len(order)
    for node in order:
        for source, _ in node.next_functions:
            assert source is None or place[source] > place[node]


def test_walk_names_and_saved_values_of_the_little_function():
    a, b = leaf(1.5), leaf(2.5)
    e, _, _ = little(a, b)
    kinds = [graph.name(n) for n in graph.walk(e)]
    assert sorted(kinds) == ["Add", "Mul", "Sub", "lá", "lá"]
    values = sorted(t.item() for t in graph.saved(e.grad_fn).values())
    assert values == [1.5, 4.0]
    assert graph.saved(e.grad_fn.next_functions[0][0]) == {}


def test_walk_is_no_recursion():
    y = leaf(1.0)
    for _ in range(5000):
        y = y * 1.0
    assert len(graph.walk(y)) == 5001


def test_a_tensor_without_graph_is_refused():
    with pytest.raises(ValueError, match="requires_grad"):
        graph.walk(torch.tensor(1.0) + 1)
    with pytest.raises(ValueError, match="requires_grad"):
        graph.walk(leaf(1.0))


def test_pull_back_by_hand_values():
    a, b = leaf(1.5), leaf(2.5)
    e, _, _ = little(a, b)
    found = graph.pull_back(e)
    assert found[a].item() == 1.5 and found[b].item() == 5.5
    assert a.grad is None and b.grad is None


def test_pull_back_adds_over_paths_and_agrees_with_backward():
    g = torch.Generator().manual_seed(0)
    X = torch.randn(4, 2, generator=g, dtype=torch.float64)
    W = torch.randn(2, 3, generator=g, dtype=torch.float64).requires_grad_()
    b = torch.randn(3, generator=g, dtype=torch.float64).requires_grad_()
    H = torch.tanh(X @ W + b)
    loss = (H * H.exp() + H @ (W.T @ W)).sum() + (b**3).sum()
    found = graph.pull_back(loss)
    assert not found[W].requires_grad
    loss.backward()
    assert set(found) == {W, b}
    assert torch.allclose(found[W], W.grad, rtol=1e-12)
    assert torch.allclose(found[b], b.grad, rtol=1e-12)


def test_pull_back_takes_the_gradient_of_the_output():
    x = leaf(1.0, 2.0, 3.0)
    u = torch.tensor([1.0, 0.0, -2.0], dtype=torch.float64)
    assert graph.pull_back(x**2, u)[x].tolist() == [2.0, 0.0, -12.0]


def test_a_broadcast_input_gets_its_own_shape_back():
    X, b = torch.ones(4, 3), leaf(1.0, 2.0, 3.0)
    c = leaf(2.0)
    found = graph.pull_back((X * b + c).sum())
    assert found[b].tolist() == [4.0, 4.0, 4.0]
    assert found[c].shape == () and found[c].item() == 12.0


def test_boxes_carry_names_values_and_links():
    a, b = leaf(1.5), leaf(2.5)
    e, c, d = little(a, b)
    names = {"a": a, "b": b, "c": c, "d": d, "e": e}
    found = {box.title: box for box in graph.boxes(e, names)}
    assert set(found) == {"a", "b", "c = Add", "d = Sub", "e = Mul"}
    assert [x.title for x in found["e = Mul"].inputs] == ["c = Add", "d = Sub"]
    assert [x.title for x in found["d = Sub"].inputs] == ["b"]
    assert found["a"].note == "1.5" and found["a"].op is None
    assert found["e = Mul"].note == "giữ 4, 1.5"
    assert found["c = Add"].note == "không giữ gì"


def test_draw_is_an_svg_with_every_box():
    W = torch.ones(2, 3, requires_grad=True)
    svg = str(graph.draw(torch.sigmoid(torch.ones(4, 2) @ W), {"W": W}))
    assert svg.startswith("<svg") and svg.count("<rect") == 1 + 3
    assert ">2 × 3<" in svg and ">Sigmoid<" in svg and ">giữ 4 × 3<" in svg
