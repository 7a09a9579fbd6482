"""Receptive field by gradients."""

import numpy as np
import pytest
from torch import nn

from hocsau import receptive
from hocsau.sliding import window_and_step


def tower(stages, channels=12):
    def build():
        layers, c = [], 1
        for k, s in stages:
            layers.append(nn.Conv1d(c, channels, k, stride=s, bias=False))
            c = channels
        return nn.Sequential(*layers)

    return build


@pytest.mark.parametrize(
    "stages", [[(3, 1)] * 3, [(5, 1), (3, 2), (3, 1)], [(1, 1)] * 4, [(2, 2)] * 3]
)
def test_reach_matches_the_formula(stages):
    profile = receptive.influence(tower(stages), 40, seeds=range(4))
    assert receptive.reach(profile) == window_and_step(stages)[0]
    assert np.isclose(profile.sum(), 1)


@pytest.mark.parametrize(("depth", "k"), [(4, 3), (8, 3), (3, 5)])
def test_width_grows_with_the_root_of_depth(depth, k):
    profile = receptive.influence(tower([(k, 1)] * depth), 60, seeds=range(40))
    formula = (depth * (k**2 - 1) / 12) ** 0.5
    assert abs(receptive.width(profile) / formula - 1) < 0.1


def test_two_dimensions_and_a_known_kernel():
    def build():
        conv = nn.Conv2d(1, 1, 3, bias=False)
        nn.init.ones_(conv.weight)
        return conv

    profile = receptive.influence(build, 9, seeds=[0], dims=2)
    assert profile.shape == (9, 9) and (profile > 0).sum() == 9
    assert np.allclose(profile[profile > 0], 1 / 9)


def test_width_of_two_equal_points():
    assert receptive.width(np.array([0.5, 0, 0, 0, 0.5])) == 2


def test_no_gradient_is_an_error():
    def dead():
        conv = nn.Conv1d(1, 1, 3)
        nn.init.zeros_(conv.weight)
        return conv

    with pytest.raises(ValueError, match="đạo hàm bằng 0"):
        receptive.influence(dead, 9, seeds=[0])
