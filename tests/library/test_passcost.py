"""Counted multiplications agree with PyTorch's own counter."""

from itertools import pairwise

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from hocsau import passcost


@pytest.mark.parametrize("sizes", [(5, 1), (30, 16, 1), (8, 7, 6, 5, 4)])
def test_costs_agree_with_pytorchs_flop_counter(sizes):
    pairs = list(pairwise(sizes))
    model = nn.Sequential(*(nn.Linear(a, b) for a, b in pairs))
    X = torch.ones(11, sizes[0])
    with FlopCounterMode(display=False) as forward:
        loss = model(X).sum()
    with FlopCounterMode(display=False) as backward:
        loss.backward()
    assert forward.get_total_flops() == 2 * passcost.forward_cost(sizes, 11)
    assert backward.get_total_flops() == 2 * passcost.backward_cost(sizes, 11)
    assert passcost.num_params(sizes) == sum(p.numel() for p in model.parameters())


def test_nudging_is_forward_passes_only():
    sizes = (3, 2, 1)  # 3·2 + 2 + 2·1 + 1 = 11 parameters, 8 products
    assert passcost.num_params(sizes) == 11
    assert passcost.nudging_cost(sizes, 4) == 22 * 32
    assert passcost.nudging_cost(sizes, 4, central=False) == 12 * 32
