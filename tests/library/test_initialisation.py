"""Signal size through depth: what keeps it and how fast others change it."""

import pytest
import torch

from hocsau.initialisation import kaiming_std, signal


def test_std_agrees_with_torch():
    for slope in (0.0, 0.2, 1.0):
        gain = torch.nn.init.calculate_gain("leaky_relu", slope)
        assert kaiming_std(50, slope=slope) == pytest.approx(gain / 50**0.5)


@pytest.mark.parametrize("gain", [2**0.5, 1.0, 2.0])
def test_factor_per_layer(gain):
    factor = gain / 2**0.5
    sizes = signal(20, 256, gain=gain, seeds=range(5))
    assert sizes.shape == (5, 21)
    per_layer = (sizes[:, -1] / sizes[:, 0]).log().mean().div(20).exp().item()
    assert per_layer == pytest.approx(factor, rel=0.03)


def test_skip_connections_grow_the_signal():
    sizes = signal(10, 256, gain=2**0.5, seeds=range(5), skip=True)
    assert sizes[:, -1].min() > 20 * sizes[:, 0].max()
