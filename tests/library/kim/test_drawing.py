"""The picture: valid SVG, every node once, no two boxes on each other."""

import re
import xml.etree.ElementTree as ET

import pytest

import kim
from kim import Tensor

SVG = "{http://www.w3.org/2000/svg}"


def boxes(drawing):
    root = ET.fromstring(drawing._repr_svg_())
    rects = root.findall(f"{SVG}rect")[1:]  # the first is the plate
    return [(float(r.get("x")), float(r.get("y"))) for r in rects]


def example():
    x, w, b = (Tensor(v, True) for v in (1.0, 2.0, 3.0))
    y = kim.tanh(x * w + b) * x
    return y + kim.log(w), {"x": x, "w": w, "b": b}


def test_every_node_is_drawn_once_and_none_overlap():
    y, names = example()
    places = boxes(kim.draw(y, names=names))
    assert len(places) == len(kim.topo_sort(y))
    for i, (x0, y0) in enumerate(places):
        for x1, y1 in places[:i]:
            assert abs(x0 - x1) >= 96 or abs(y0 - y1) >= 40


def test_inputs_are_above_their_results():
    y, _ = example()
    order = kim.topo_sort(y)
    level = {id(t): p[1] for t, p in zip(order, boxes(kim.draw(y)), strict=True)}
    for t in order:
        assert all(level[id(x)] < level[id(t)] for x in t.inputs)


def test_every_edge_ends_in_one_arrow_head():
    y, _ = example()
    edges = sum(len(t.inputs) for t in kim.topo_sort(y))
    assert str(kim.draw(y)).count("h8l-4,7z") == edges


def test_names_ops_and_gradients_are_written():
    y, names = example()
    y.backward()
    svg = str(kim.draw(y, names={**names, "y": y}, grads=True))
    for text in ("x", "tanh", "y = add"):
        assert f">{text}</text>" in svg
    assert re.search(r"∂ [\d.-]+</text>", svg)


def test_names_are_escaped_and_svg_is_self_contained():
    svg = str(kim.draw(Tensor(1.0, True) * 2, names={}))
    assert svg.count("http") == 1  # the namespace only
    x = Tensor(1.0, True)
    ET.fromstring(str(kim.draw(x * 2, names={"<x>&": x})))


def test_output_is_the_same_every_time():
    assert str(kim.draw(example()[0])) == str(kim.draw(example()[0]))


def test_refuses_a_graph_nobody_can_read():
    x = Tensor(1.0, True)
    for _ in range(401):
        x = x + 1
    with pytest.raises(ValueError, match="400"):
        kim.draw(x)


def test_repr_is_the_same_on_every_run():
    pictures = [repr(kim.draw(kim.Tensor(1.0, requires_grad=True) * 2)) for _ in "ab"]
    assert pictures[0] == pictures[1]
    assert " at 0x" not in pictures[0]
