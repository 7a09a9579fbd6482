"""Signed distance to the boundary of one neuron, and drawing it."""

import pytest
import torch
from matplotlib.figure import Figure

from hocsau.halfplane import boundary, signed_distance


def test_distance_matches_the_nearest_point():
    rng = torch.Generator().manual_seed(0)
    X = torch.randn(20, 3, generator=rng, dtype=torch.float64)
    w = torch.tensor([2.0, -1.0, 0.5], dtype=torch.float64)
    s = signed_distance(X, w, 0.7)
    foot = X - s[:, None] * w / w.norm()
    assert torch.allclose(foot @ w + 0.7, torch.zeros_like(s))
    assert torch.equal(s > 0, X @ w + 0.7 > 0)


def test_distance_ignores_the_length_of_w():
    X = torch.tensor([[1.0, 2.0], [-3.0, 0.5]])
    w = torch.tensor([0.6, -0.8])
    assert torch.allclose(
        signed_distance(X, w, 0.3), signed_distance(X, 7 * w, 2.1)
    )


def test_distance_refuses_a_zero_vector():
    with pytest.raises(ValueError, match="w = 0"):
        signed_distance(torch.ones(1, 2), torch.zeros(2), 1.0)


@pytest.mark.parametrize("w", [(1.0, 0.0), (0.0, -2.0), (3.0, 4.0)])
def test_drawn_line_lies_on_the_boundary(w):
    ax = Figure().subplots()
    boundary(ax, torch.tensor(w), 0.5, color="k")
    line = ax.lines[0]
    for x, y in (line.get_xy1(), line.get_xy2()):
        assert abs(w[0] * x + w[1] * y + 0.5) < 1e-12


def test_zero_weights_draw_nothing():
    ax = Figure().subplots()
    boundary(ax, torch.zeros(2), 0.5)
    assert not ax.lines
