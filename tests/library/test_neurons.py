"""Threshold units, Boolean circuits, perceptron and Adaline."""

import numpy as np
import pytest

from hocsau.neurons import (
    Adaline,
    AssociativeLayer,
    BooleanCircuit,
    Perceptron,
    and_gate,
    not_gate,
    or_gate,
    threshold_unit,
    truth_table,
)

XOR_X = 2.0 * truth_table(2) - 1  # (4, 2)
XOR_Y = np.array([-1, 1, 1, -1])


def separable(rng, n=60, d=3, margin=0.2):
    """Unit-scale points kept away from a random hyperplane through 0."""
    u = rng.normal(size=d)
    u /= np.linalg.norm(u)
    X = rng.uniform(-1, 1, size=(20 * n, d))
    X = X[np.abs(X @ u) > margin][:n]
    return X, np.sign(X @ u).astype(int), u


def test_threshold_unit_fires_at_the_threshold():
    x = np.array([[0, 0], [1, 0], [1, 1]])
    assert threshold_unit(x, [1, 1], 1).tolist() == [0, 1, 1]


def test_gates_agree_with_python_logic():
    a, b = truth_table(2).T
    assert and_gate(a, b).tolist() == (a & b).tolist()
    assert or_gate(a, b).tolist() == (a | b).tolist()
    assert not_gate(a).tolist() == (1 - a).tolist()


def test_truth_table_counts_in_binary():
    table = truth_table(3)
    assert table.shape == (8, 3)
    assert (table @ [4, 2, 1]).tolist() == list(range(8))


@pytest.mark.parametrize("n", [1, 2, 3])
def test_circuit_computes_every_boolean_function(n):
    X = truth_table(n)
    for outputs in truth_table(2**n):
        assert np.array_equal(BooleanCircuit(outputs)(X), outputs)


def test_circuit_rejects_a_partial_table():
    with pytest.raises(ValueError, match="3 hàng"):
        BooleanCircuit([0, 1, 1])


def test_perceptron_step_changes_nothing_when_right():
    unit = Perceptron(2)
    unit.w, unit.b = np.array([1.0, 0.0]), 0.0
    assert unit.step(np.array([2.0, 5.0]), 1) == 0
    assert unit.w.tolist() == [1.0, 0.0] and unit.b == 0.0


def test_perceptron_step_moves_towards_a_missed_sample():
    unit = Perceptron(2, lr=0.5)
    assert unit.step(np.array([2.0, 4.0]), -1) == 1
    assert unit.w.tolist() == [-1.0, -2.0] and unit.b == -0.5


@pytest.mark.parametrize("seed", range(5))
def test_perceptron_obeys_the_mistake_bound(seed):
    rng = np.random.default_rng(seed)
    X, y, u = separable(rng)
    unit = Perceptron(3)
    mistakes = sum(unit.fit(X, y, num_epochs=500, rng=rng)) * len(X)
    radius = np.sqrt(1 + (X**2).sum(axis=1).max())
    margin = (y * (X @ u)).min()
    assert unit.accuracy(X, y) == 1.0
    assert 0 < round(mistakes) <= (radius / margin) ** 2


def test_perceptron_never_solves_xor():
    history = Perceptron(2).fit(XOR_X, XOR_Y, num_epochs=200)
    assert len(history) == 200 and min(history) > 0


def test_associative_layer_makes_xor_learnable():
    layer = AssociativeLayer(2, 40, rng=np.random.default_rng(0))
    H = layer(XOR_X)
    assert H.shape == (4, 40) and set(np.unique(H)) == {0.0, 1.0}
    unit = Perceptron(40)
    unit.fit(H, XOR_Y, num_epochs=200)
    assert unit.accuracy(H, XOR_Y) == 1.0


def test_adaline_step_is_a_gradient_step():
    rng = np.random.default_rng(1)
    x, y, lr, h = rng.normal(size=3), 1, 0.1, 1e-6
    unit = Adaline(3, lr=lr)
    unit.w = rng.normal(size=3)

    def half_square(w):
        return 0.5 * (y - x @ w) ** 2

    grad = [
        (half_square(unit.w + e) - half_square(unit.w - e)) / (2 * h)
        for e in h * np.eye(3)
    ]
    expected = unit.w - lr * np.array(grad)
    unit.step(x, y)
    assert np.allclose(unit.w, expected, atol=1e-8)


def test_adaline_reaches_least_squares():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(80, 2))
    y = np.where(X[:, 0] + rng.normal(size=80) > 0, 1, -1)
    unit = Adaline(2, lr=0.002)
    unit.fit(X, y, num_epochs=400, rng=rng)
    A = np.column_stack([X, np.ones(80)])
    best = np.linalg.lstsq(A, y, rcond=None)[0]
    assert np.allclose([*unit.w, unit.b], best, atol=0.02)


def test_fit_stops_at_the_first_clean_epoch():
    a = truth_table(2)
    y = 2 * and_gate(*a.T) - 1
    history = Perceptron(2).fit(a.astype(float), y, num_epochs=100)
    assert history[-1] == 0 and min(history[:-1]) > 0
