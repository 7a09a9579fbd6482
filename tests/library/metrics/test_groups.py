"""Rates by group, AUC inside a group."""

import math

import torch

from hocsau.metrics import auc, groups


def test_rates_by_hand_and_nan_for_nobody():
    got = groups.rates(torch.tensor([1, 0, 1, 1]), torch.tensor([0, 0, 2, 2]), 4)
    assert got[0] == 0.5 and got[2] == 1
    assert math.isnan(got[1]) and math.isnan(got[3])


def test_auc_compares_inside_the_group_only():
    face, other = torch.tensor([5.0, -5.0]), torch.tensor([4.0, -6.0])
    g = torch.tensor([0, 1])
    assert groups.group_auc(face, g, other, g).tolist() == [1, 1]
    y = torch.tensor([1.0, 1, 0, 0])
    assert auc(torch.cat([face, other]), y) < 1
