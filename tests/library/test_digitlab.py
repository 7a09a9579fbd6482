"""The lab's two networks and its bench: sizes, recipes, shifts, mosaics."""

import pytest
import torch

from hocsau import digitlab
from hocsau.data import strokes
from hocsau.models import count_parameters
from hocsau.models.digits import DigitCNN, FullyConnected, after_stages


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_parameters_are_those_of_the_lab():
    assert count_parameters(FullyConnected(28)) == 101770
    assert count_parameters(DigitCNN(28)) == 124670
    assert count_parameters(FullyConnected(8, hidden=372)) == 27910
    assert count_parameters(DigitCNN(8, padding=1)) == 27902


def test_logits_have_one_row_an_image():
    X = torch.rand(3, 1, 28, 28)
    assert FullyConnected(28)(X).shape == DigitCNN(28)(X).shape == (3, 10)


@pytest.mark.parametrize(
    ("side", "padding", "left"), [(28, 0, 5), (8, 1, 2), (8, 0, 0), (32, 0, 6)]
)
def test_sides_after_the_stages(side, padding, left):
    assert after_stages(side, padding) == left
    if left:
        DigitCNN(side, padding=padding)(torch.zeros(1, 1, side, side))
    else:
        with pytest.raises(ValueError, match="padding"):
            DigitCNN(side, padding=padding)


def test_fully_connected_is_linear_relu_linear():
    model, X = FullyConnected(4, hidden=5), torch.rand(2, 1, 4, 4)
    H = (X.flatten(1) @ model.hidden.weight.T + model.hidden.bias).clamp(min=0)
    want = H @ model.output.weight.T + model.output.bias
    assert torch.allclose(model(X), want, atol=1e-6)


@pytest.mark.parametrize("name", ["FC", "CNN"])
def test_the_gpu_recipes_learn_at_tiny_size(name):
    n = {"FC": 600, "CNN": 130}[name]
    part, val = strokes.draw(n, rng=rng()), strokes.draw(100, rng=rng(1))
    model, history = digitlab.recipe(name, part, val=val)
    make, lr, num_epochs = digitlab.RECIPES[name]
    assert isinstance(model, make) and not model.training
    assert len(history) == num_epochs and history["lr"][0] == lr
    assert history["loss"][-1] < history["loss"][0] and "val_loss" in history
    hits = digitlab.logits(model, val[0]).argmax(1) == val[1]
    if name == "FC":  # the CNN at lr 0.01 needs more steps than these
        assert hits.double().mean() > 0.5


def test_unknown_recipe_is_named():
    with pytest.raises(ValueError, match="RNN"):
        digitlab.recipe("RNN", (torch.zeros(1, 1, 28, 28), torch.zeros(1).long()))


def test_fit_repeats_and_depends_on_the_seed():
    part = strokes.draw(80, rng=rng(), side=8)

    def fit(seed):
        return digitlab.fit(
            lambda: FullyConnected(8), part, lr=0.01, num_epochs=2, seed=seed
        )[0]

    a, b, c = (fit(s).hidden.weight for s in (1, 1, 2))
    assert torch.equal(a, b) and not torch.equal(a, c)


def test_logits_are_taken_in_eval_mode_and_the_mode_returns():
    model = torch.nn.Sequential(FullyConnected(8), torch.nn.Dropout(0.5)).train()
    X = torch.rand(7, 1, 8, 8)
    got = digitlab.logits(model, X, batch_size=3)
    assert torch.allclose(got, model[0](X), atol=1e-6) and not got.requires_grad
    assert model.training


def test_shift_moves_and_fills_with_zero():
    X = torch.arange(9.0).reshape(1, 1, 3, 3)
    right, up = digitlab.shift(X, right=1)[0, 0], digitlab.shift(X, down=-1)[0, 0]
    assert right.tolist() == [[0, 0, 1], [0, 3, 4], [0, 6, 7]]
    assert up.tolist() == [[3, 4, 5], [6, 7, 8], [0, 0, 0]]
    assert torch.equal(digitlab.shift(X), X)
    back = digitlab.shift(digitlab.shift(X, right=-2, down=1), right=2, down=-1)
    assert back[0, 0, 0, 2] == X[0, 0, 0, 2] and back[0, 0, :, :2].sum() == 0


def test_mosaic_places_row_by_row():
    X = torch.arange(1.0, 4).reshape(3, 1, 1, 1).expand(3, 1, 2, 2)
    grid = digitlab.mosaic(X, 2)
    assert grid.shape == (6, 6)
    assert grid[0, 0] == 1 and grid[0, 3] == 2 and grid[3, 0] == 3
    assert grid[2].sum() == 0 and grid[3:, 3:].sum() == 0
