"""Block diagrams: each kind of node has its own shape, and text where asked."""

import matplotlib.pyplot as plt
from matplotlib.patches import Circle, PathPatch, Rectangle

from hocsau import blocks


def test_kinds_of_nodes_are_told_apart():
    fig, ax = plt.subplots()
    blocks.canvas(ax, 6, 2)
    blocks.variable(ax, 1, 1, "$x$", observed=True)
    blocks.variable(ax, 2, 1, "$y$")
    blocks.module(ax, 3, 1, "G")
    blocks.cost(ax, 5, 1, "C")
    seen, computed, box, square = ax.patches
    assert isinstance(seen, Circle) and isinstance(computed, Circle)
    assert seen.get_facecolor() != computed.get_facecolor()
    assert isinstance(box, PathPatch) and isinstance(square, Rectangle)
    assert [t.get_text() for t in ax.texts] == ["$x$", "$y$", "G", "C"]
    assert ax.get_xlim() == (0, 6) and not ax.axison
    plt.close(fig)


def test_the_round_side_points_the_way_asked():
    """The side with curves (the rounded one) lies right for 1, left for −1."""
    fig, ax = plt.subplots()
    for turn in (1, -1):
        blocks.module(ax, 0, 0, "", turn=turn)
        path = ax.patches[-1].get_path()
        curved = path.vertices[path.codes == path.CURVE3]
        assert (turn * curved[:, 0] > 0).all()
    plt.close(fig)


def test_arrow_carries_its_text():
    fig, ax = plt.subplots()
    blocks.arrow(ax, (0, 0), (1, 0), text="ds")
    assert "ds" in [t.get_text() for t in ax.texts]
    plt.close(fig)
