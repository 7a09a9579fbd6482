"""One table for the whole track: same splits, fair choices, no peeking."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression

from hocsau import track
from hocsau.data import digits


def test_splits_depend_on_the_seed_alone_and_scaling_sees_train_only():
    few, val, test = track.load("cancer", [3, 5], num_train=60)
    assert few[0].shape == (2, 60, 30) and val[0].shape == test[0].shape
    torch.testing.assert_close(few[0].mean(1), torch.zeros(2, 30), atol=1e-4, rtol=0)
    raw = track.load("cancer", [5], num_train=60, scaled=False)
    assert torch.equal(raw[0][1][0], few[1][1]) and raw[0][0].max() > 1000
    whole = digits.load(rng=torch.Generator().manual_seed(7))
    one = track.load("digits", [7], num_train=50)
    assert torch.equal(one[2][0][0], whole.test[0])
    assert torch.equal(one[0][1][0], whole.train[1][:50])


def test_shifts_move_and_blend():
    X = torch.zeros(1, 1, 64)
    X[0, 0, 8 * 3 + 4] = 1.0  # row 3, column 4
    whole = track.shifts(X, 1.0).view(9, 8, 8)
    assert torch.equal(whole[8], X.view(8, 8))
    peaks = {tuple(v.nonzero()[0].tolist()) for v in whole}
    assert peaks == {(i, j) for i in (2, 3, 4) for j in (3, 4, 5)}
    half = track.shifts(X, 0.5).view(9, 8, 8)
    torch.testing.assert_close(half.sum((1, 2)), torch.ones(9))
    assert sorted({v.max().item() for v in half}) == [0.25, 0.5, 1.0]


def test_linear_row_is_logistic_regression():
    data = track.load("cancer", [0], num_train=100)
    recipe = track.Recipe(hidden=0)
    ours = track.fit(recipe, data, [(0.01, 0.0, 0.0)], seeds=[0], num_epochs=30)
    (X, y), _, (X_test, y_test) = [(X[0].numpy(), y[0].numpy()) for X, y in data]
    theirs = LogisticRegression(C=10).fit(X, y).score(X_test, y_test)
    assert abs(ours.test_accuracy[0, 0] - theirs) < 0.05


def test_a_wild_rate_is_never_chosen():
    data = track.load("cancer", [0, 1], num_train=40)
    trials = [(0.01, 0.0, 0.0), (1e30, 0.0, 0.0)]
    recipe = track.Recipe(adam=False)
    found = track.fit(recipe, data, trials, seeds=[0, 1], num_epochs=3)
    assert found.val_loss.shape == (2, 2) and np.isinf(found.val_loss[:, 1]).all()
    best = track.choose(found)
    assert np.array_equal(best.test_loss, found.test_loss[:, 0])


def test_choice_uses_validation_only():
    scores = track.Scores(
        np.array([[2.0, 1.0], [3.0, 4.0]]),
        np.array([[0.1, 0.9], [0.7, 0.2]]),
        np.array([[0.99, 0.5], [0.6, 0.9]]),
    )
    best = track.choose(scores)
    assert best.val_loss.tolist() == [1.0, 3.0]
    assert best.test_loss.tolist() == [0.9, 0.7]
    assert best.test_accuracy.tolist() == [0.5, 0.6]


@pytest.mark.parametrize("name", ["cancer", "digits"])
def test_table_has_every_row_and_scaling_pays(name):
    found = track.table(name, seeds=[0, 1], num_train=40, num_epochs=6, budget=4)
    assert list(found) == [*track.ladder(name), "dò hết"]
    for scores in found.values():
        assert all(v.shape == (2,) for v in scores)
        assert ((scores.test_accuracy >= 0) & (scores.test_accuracy <= 1)).all()
    again = track.table(name, seeds=[0, 1], num_train=40, num_epochs=6, budget=4)
    for row in found:
        assert np.array_equal(found[row].test_loss, again[row].test_loss)
    if name == "cancer":
        raw, scaled = (found[k].test_loss for k in list(found)[:2])
        assert np.median(scaled) < np.median(raw)
