"""Generated digit windows and strips, and the two-mark images."""

import pytest
import torch

from hocsau.data import strips
from hocsau.data.marks import SIDES, draw_marks, two_marks


def glyphs(n=10):
    """Image k is a constant of brightness (k + 1) / 10, label k."""
    y = torch.arange(n)
    return ((y + 1.0) / 10)[:, None, None, None].expand(n, 1, 8, 8).clone(), y


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_paste_clips_and_keeps_the_brighter():
    canvas = torch.zeros(4, 4)
    strips.paste(canvas, torch.ones(3, 3), -1, 2)
    assert canvas.sum() == 4 and canvas[:2, 2:].sum() == 4
    strips.paste(canvas, 0.5 * torch.ones(4, 4), 0, 0)
    assert canvas[0, 3] == 1 and canvas[3, 0] == 0.5
    strips.paste(canvas, torch.ones(2, 2), 9, 9)  # outside: nothing happens
    assert canvas.max() == 1 and canvas.sum() == 4 + 0.5 * 12


def test_scattered_stays_inside_and_moves():
    X, _ = glyphs()
    out = strips.scattered(X, canvas=16, side=10, shift=2, rng=rng())
    assert out.shape == (10, 1, 16, 16)
    assert len({int(im[0].sum(0).nonzero()[0]) for im in out}) > 1
    for image, source in zip(out, X, strict=True):
        assert image.max() == pytest.approx(float(source.max()), abs=1e-5)


def test_uneven_light_is_undone_by_local_contrast():
    from hocsau.models.smallcnn import LocalContrast

    X = torch.rand(20, 1, 14, 14, generator=rng())
    lit = strips.uneven_light(X, rng=rng(1))
    norm = LocalContrast()
    far = (lit - X).abs().mean() / X.std()
    near = (norm(lit) - norm(X))[..., 4:-4, 4:-4].abs().mean()
    assert far > 0.5 and near < 0.3 * far


def test_training_windows_are_labelled_by_what_is_in_the_middle():
    X, y = glyphs()
    windows, labels = strips.training_windows(
        X, y, 300, canvas=14, side=8, shift=1, rng=rng(), spread=1
    )
    middle = windows[:, 0, 7, 7]
    digit = labels != strips.NOTHING
    expected = (labels[digit] + 1) / 10
    assert 0.5 < digit.float().mean() < 0.8
    assert (middle[digit] >= expected - 1e-5).all()
    assert (middle[digit] - expected).abs().lt(1e-4).float().mean() > 0.9
    assert windows[~digit][:, 0, 7, 7].eq(0).float().mean() > 0.4
    assert (windows[~digit].flatten(1).sum(1) == 0).any()
    assert (windows[~digit].flatten(1).sum(1) > 0).any()


def test_no_nothing_when_not_asked():
    X, y = glyphs()
    labels = strips.training_windows(
        X, y, 60, canvas=14, side=8, shift=1, rng=rng(), nothing=0.0
    )[1]
    assert labels.max() < strips.NOTHING


def test_digit_strip_centres_are_on_the_digits():
    X, y = glyphs()
    strip, labels, centres = strips.digit_strip(
        X, y, width=60, canvas=14, side=8, count=4, rng=rng(), gap=(1, 4)
    )
    assert strip.shape == (1, 1, 14, 60) and len(labels) == 4
    for label, centre in zip(labels, centres, strict=True):
        assert strip[0, 0, 7, int(centre)].item() == pytest.approx((label + 1) / 10)
    with pytest.raises(ValueError, match="width=20"):
        strips.digit_strip(X, y, width=20, canvas=14, side=8, count=4, rng=rng())


def test_same_generator_same_data():
    X, y = glyphs()
    args = {"canvas": 14, "side": 8, "shift": 1}
    one, two = (strips.training_windows(X, y, 5, rng=rng(3), **args) for _ in "12")
    assert torch.equal(one[0], two[0]) and torch.equal(one[1], two[1])


def test_two_marks_hold_the_same_strokes_in_every_class():
    X, y = two_marks(200, rng=rng())
    assert set(y.tolist()) == {0, 1, 2, 3}
    assert (X.flatten(1).sum(1) == 6).all()
    patches = X.unfold(2, 3, 1).unfold(3, 3, 1).flatten(4)[:, 0].flatten(1, 2)
    kinds = [frozenset(map(tuple, image.int().tolist())) for image in patches]
    assert len(set(kinds)) == 1  # no 3 × 3 view tells the classes apart


def middle(image):
    """Centre of the only run of three lit pixels along the last axis."""
    return ((image[:, :-2] * image[:, 1:-1] * image[:, 2:]) > 0).nonzero()[0] + (
        torch.tensor([0, 1])
    )


def test_mark_label_says_where_the_vertical_one_is():
    X, y = two_marks(40, rng=rng(1))
    for image, k in zip(X[:, 0], y, strict=True):
        move = middle(image.T).flip(0) - middle(image)
        axis = 0 if SIDES[k][0] else 1
        assert move[axis].sign() == SIDES[k][axis] and abs(move[axis]) >= 4
    with pytest.raises(ValueError, match="ra ngoài"):
        draw_marks(1, 1, -4, 0)
