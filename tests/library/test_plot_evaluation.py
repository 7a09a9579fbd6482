"""Drawings of how good a model is."""

import matplotlib.pyplot as plt
import pytest
import torch

from hocsau import metrics, plot
from hocsau.train import History


@pytest.fixture
def ax():
    fig, ax = plt.subplots()
    yield ax
    plt.close(fig)


def test_confusion_writes_counts_and_colours_by_row(ax):
    plot.confusion(ax, torch.tensor([[8, 2], [0, 1]]), ["mèo", "chó"])
    assert sorted(t.get_text() for t in ax.texts) == ["1", "2", "8"]
    assert ax.images[0].get_array().tolist() == [[0.8, 0.2], [0.0, 1.0]]
    assert [t.get_text() for t in ax.get_yticklabels()] == ["mèo", "chó"]


def test_learning_draws_validation_only_when_there(ax):
    history = History()
    for v in (3.0, 2.0, 1.0):
        history.add({"loss": v})
    plot.learning(ax, history)
    assert len(ax.lines) == 1 and ax.lines[0].get_xdata().tolist() == [1, 2, 3]
    history.columns["val_loss"] = [4.0, 3.0, 3.5]
    plot.learning(ax, history)
    assert list(ax.lines[-1].get_ydata()) == [4.0, 3.0, 3.5]


def test_roc_and_reliability_draw_what_was_measured(ax):
    scores, y = torch.tensor([0.15, 0.95, 0.75]), torch.tensor([0, 1, 0])
    fpr, tpr, _ = metrics.roc_curve(scores, y)
    plot.roc(ax, fpr, tpr)
    assert ax.lines[-1].get_ydata().tolist() == tpr.tolist()
    said, got, _ = metrics.reliability(scores, y)
    plot.reliability(ax, said, got)
    assert ax.lines[-1].get_xdata().tolist() == pytest.approx([0.15, 0.75, 0.95])
