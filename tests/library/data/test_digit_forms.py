"""Forms recovered from the label sequence of the digits."""

import pytest
import torch

from hocsau.data import digit_forms

FORM = (
    digit_forms.HEAD + digit_forms.ANCHOR + "84177351002278201263373346664915095282"
    "00176321746313917684314053696175447282257954884908"
    "98"
)


def labels(text):
    return torch.tensor([int(c) for c in text])


def test_the_form_has_each_digit_thirteen_times():
    assert len(FORM) == 130
    assert {FORM.count(c) for c in "0123456789"} == {13}


def test_whole_forms_start_every_130_digits():
    assert digit_forms.starts(labels(FORM * 3)) == [0, 130, 260]


@pytest.mark.parametrize("lost", [1, 2, 5])
def test_a_form_that_lost_its_first_digits(lost):
    text = FORM + FORM[lost:] + FORM
    assert digit_forms.starts(labels(text)) == [0, 130, 260 - lost]


def test_a_form_that_lost_a_digit_inside_or_at_its_end():
    text = FORM[:-2] + FORM[:12] + FORM[13:] + FORM
    assert digit_forms.starts(labels(text)) == [0, 128, 257]


def test_shuffled_labels_are_refused():
    y = digit_forms.load().y
    order = torch.randperm(len(y), generator=torch.Generator().manual_seed(0))
    with pytest.raises(ValueError, match="chưa xáo"):
        digit_forms.starts(y[order])
    with pytest.raises(ValueError, match="chưa xáo"):
        digit_forms.starts(y[60:])


def test_the_real_digits_come_on_fourteen_forms():
    X, y, form = digit_forms.load()
    assert X.shape == (1797, 1, 8, 8) and X.min() >= 0 and X.max() == 1
    sizes = torch.bincount(form)
    assert len(sizes) == 14 and sizes.sum() == 1797
    assert sizes.min() >= 120 and sizes.max() == 130
    assert (form.diff() >= 0).all()
    for k in range(14):  # each form has nearly 13 of each digit
        assert torch.bincount(y[form == k]).min() >= 9


def test_neighbours_in_picture_space_share_their_form():
    X, _, form = digit_forms.load()
    D = torch.cdist(X.flatten(1), X.flatten(1))
    D.fill_diagonal_(float("inf"))
    assert (form[D.argmin(1)] == form).double().mean() > 0.4  # chance: 0.07
