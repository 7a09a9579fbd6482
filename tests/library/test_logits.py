"""Binary cross-entropy of probabilities and of logits."""

import math

import pytest
import torch
from torch.nn import functional as F

from hocsau import logits


def test_all_forms_agree_where_nothing_saturates():
    z = torch.linspace(-8, 8, 41, dtype=torch.float64)
    for label in (0.0, 0.3, 1.0):
        y = torch.full_like(z, label)
        want = F.binary_cross_entropy_with_logits(z, y, reduction="none")
        assert torch.allclose(logits.from_logit(z, y), want, atol=1e-12)
        p = torch.sigmoid(z)
        assert torch.allclose(logits.from_probability(p, y), want, atol=1e-9)


def test_far_logits_stay_exact_and_slope_is_autograd():
    z = torch.tensor([-1e4, -100.0, 0.0, 100.0, 1e4], requires_grad=True)
    for label in (0.0, 1.0):
        y = torch.full_like(z, label)
        loss = logits.from_logit(z, y)
        want = F.binary_cross_entropy_with_logits(z, y, reduction="none")
        assert torch.isfinite(loss).all() and torch.allclose(loss, want)
        (grad,) = torch.autograd.grad(
            F.binary_cross_entropy_with_logits(z, y, reduction="sum"), z
        )
        assert torch.allclose(logits.slope(z, y), grad)
    assert logits.softplus(torch.tensor(-90.0)) > 0  # log1p keeps e^z


def test_the_naive_form_breaks_on_the_same_logits():
    y = torch.tensor([0.0, 1.0])
    p = torch.sigmoid(torch.tensor([40.0, 40.0]))
    wrong = logits.from_probability(p, y)
    assert torch.isinf(wrong[0]) and torch.isnan(wrong[1])


@pytest.mark.parametrize(
    ("dtype", "widened"),
    [
        (torch.float64, False),
        (torch.float32, False),
        (torch.float16, True),
        (torch.bfloat16, True),
    ],
)
def test_probability_becomes_one_where_predicted(dtype, widened):
    at = logits.dead_from(dtype, widened=widened)
    below, above = (
        torch.sigmoid(torch.tensor([at + d], dtype=torch.float64).to(dtype))
        for d in (-0.6, 0.6)
    )
    assert below.item() < 1 and above.item() == 1
    if dtype == torch.float32:
        assert at == pytest.approx(24 * math.log(2))
