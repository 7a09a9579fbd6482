"""The rule agrees with PyTorch's, forward and backward; the drawing."""

import itertools

import pytest
import torch

from hocsau import broadcast

SHAPES = [s for r in range(4) for s in itertools.product((0, 1, 2, 3), repeat=r)]


def test_every_small_pair_agrees_with_torch():
    good = bad = 0
    for a, b in itertools.product(SHAPES, repeat=2):
        try:
            want = tuple(torch.broadcast_shapes(a, b))
        except RuntimeError:
            bad += 1
            with pytest.raises(ValueError, match="không khớp"):
                broadcast.stretch(a, b)
        else:
            good += 1
            assert broadcast.stretch(a, b) == want
    assert good > 500 and bad > 500


def test_three_shapes_and_none():
    assert broadcast.stretch((5, 1, 1), (4, 1), (3,)) == (5, 4, 3)
    assert broadcast.stretch() == ()


def test_the_message_names_the_dimension_from_the_end():
    with pytest.raises(ValueError, match=r"chiều -2: \(4, 5\)"):
        broadcast.stretch((4, 3), (5, 3))


@pytest.mark.parametrize("shape", [(), (3,), (1, 3), (4, 1), (2, 1, 3), (1, 1, 1)])
def test_fold_back_is_the_gradient(shape):
    rng = torch.Generator().manual_seed(0)
    small = torch.randn(shape, generator=rng, dtype=torch.float64)
    big, G = torch.randn(2, 2, 4, 3, generator=rng, dtype=torch.float64)
    small.requires_grad_()
    ((small * big) * G).sum().backward()
    mine = broadcast.fold_back(G * big, shape)
    assert mine.shape == small.shape
    assert torch.allclose(mine, small.grad)
    assert torch.allclose(mine, (G * big).sum_to_size(shape))


def test_drawing_marks_the_imagined_cells(ax):
    A, B = torch.arange(4)[:, None], torch.arange(3)
    broadcast.draw(ax, A, B, sign="−")
    dotted = [p.get_linestyle() == ":" for p in ax.patches]
    assert len(dotted) == 36
    assert [sum(dotted[i : i + 12]) for i in (0, 12, 24)] == [8, 9, 0]
    texts = [t.get_text() for t in ax.texts]
    for mark in ("(4, 1)", "(3,)", "(4, 3)", "−", "=", "−2"):
        assert mark in texts


def test_drawing_refuses_what_does_not_fit(ax):
    with pytest.raises(ValueError, match="không khớp"):
        broadcast.draw(ax, torch.zeros(4), torch.zeros(3))
    with pytest.raises(ValueError, match="hai chiều"):
        broadcast.draw(ax, torch.zeros(2, 2, 2), torch.zeros(2))
