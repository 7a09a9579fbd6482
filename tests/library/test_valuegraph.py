"""The numbered graph: names, texts, missing names."""

import pytest

from hocsau import valuegraph


def test_symbols():
    assert valuegraph.symbol("w12") == "$w_{12}$"
    assert valuegraph.symbol("p") == "$p$"
    assert valuegraph.symbol("loss") == r"$\ell$"


def texts(ax):
    return {t.get_text() for t in ax.texts if t.get_text()}


def test_every_value_and_gradient_is_written(ax):
    places = {"x": (0, 0), "z": (0, 1)}
    values = {"x": 2.0, "w": 0.25, "z": 0.5}
    wires = [("x", "z", "w", 0.5)]
    valuegraph.draw(ax, places, wires, values, {"z": 1.0, "w": -2.0})
    assert texts(ax) == {"$x$ = 2", "$w$ = 0.25", "$z$ = 0.5", "∂ +1.000", "∂ −2.000"}
    assert len(ax.patches) == 2


def test_without_gradients_only_values(ax):
    valuegraph.draw(ax, {"x": (0, 0)}, [], {"x": 1.23456})
    assert texts(ax) == {"$x$ = 1.23"}


def test_unknown_names_are_reported(ax):
    with pytest.raises(KeyError):
        valuegraph.draw(ax, {"x": (0, 0)}, [("x", "q")], {"x": 1.0})
    with pytest.raises(KeyError):
        valuegraph.draw(ax, {"x": (0, 0)}, [], {})
