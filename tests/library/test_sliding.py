"""Size arithmetic, dense layers as convolutions, one pass against many crops."""

import pytest
import torch
from torch import nn

from hocsau import sliding
from hocsau.models.lenet import lenet_style

LENET = [(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)]


def test_sizes_agree_with_torch():
    net = nn.Sequential(
        nn.Conv2d(1, 1, 5), nn.AvgPool2d(2), nn.Conv2d(1, 1, 4, stride=3)
    )
    stages = [(5, 1), (2, 2), (4, 3)]
    for n in range(15, 40):
        assert sliding.sizes(n, stages)[-1] == net(torch.zeros(1, 1, n, n)).shape[-1]
    assert sliding.sizes(32, LENET) == [32, 28, 14, 10, 5, 1]
    with pytest.raises(ValueError, match="phủ 5 ô"):
        sliding.sizes(16, LENET)


def test_window_is_exactly_what_one_output_sees():
    window, step = sliding.window_and_step(LENET)
    assert (window, step) == (32, 4)
    layers = []
    for kernel, stride in LENET:
        conv = nn.Conv2d(1, 1, kernel, stride=stride, bias=False, dtype=torch.float64)
        nn.init.constant_(conv.weight, 1 / kernel**2)
        layers.append(conv)
    x = torch.zeros(1, 1, 44, 44, dtype=torch.float64, requires_grad=True)
    nn.Sequential(*layers)(x)[0, 0, 1, 2].backward()
    rows, cols = (x.grad[0, 0].sum(d).nonzero().flatten() for d in (1, 0))
    assert (rows.min(), rows.max()) == (step, step + window - 1)
    assert (cols.min(), cols.max()) == (2 * step, 2 * step + window - 1)


def test_one_pass_equals_crops_and_costs_less():
    torch.manual_seed(0)
    net = lenet_style(11)
    full = sliding.fully_convolutional(net, 32)
    strip = torch.rand(1, 1, 36, 60)
    pieces = sliding.crops(strip, 32, 4)
    assert pieces.shape == (2 * 8, 1, 32, 32)
    with torch.no_grad():
        once = full(strip)[0].flatten(1).T
        torch.testing.assert_close(once, net(pieces), atol=1e-6, rtol=1e-4)
    assert sliding.count_macs(full, strip) < sliding.count_macs(net, pieces)


def test_dense_layer_of_the_wrong_size_is_refused():
    with pytest.raises(ValueError, match="400"):
        sliding.as_convolution(nn.Linear(400, 10), 16, 4)


def test_macs_of_known_layers():
    conv = nn.Conv2d(3, 8, 5)
    assert sliding.count_macs(conv, torch.zeros(2, 3, 9, 9)) == 2 * 25 * 8 * 75
    assert sliding.count_macs(nn.Linear(7, 4), torch.zeros(3, 7)) == 3 * 28
    assert not conv._forward_hooks


def test_peaks_reads_left_to_right_and_suppresses_neighbours():
    probs = torch.zeros(11, 8)
    probs[10] = 0.6
    probs[7, 1], probs[7, 2], probs[3, 6] = 0.8, 0.9, 0.7
    assert sliding.peaks(probs, reach=1) == [(2, 7), (6, 3)]
    assert sliding.peaks(probs, reach=0) == [(1, 7), (2, 7), (6, 3)]
    assert sliding.peaks(probs, reach=1, floor=0.8) == [(2, 7)]
