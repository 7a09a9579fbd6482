"""Locally connected layers, the five nets of 1989, a net with removable parts."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from hocsau.models import count_parameters
from hocsau.models.local import LocalGrid, count_links, net_1989
from hocsau.models.smallcnn import LocalContrast, small_cnn

PUBLISHED = {  # links, free parameters
    1: (2570, 2570),
    2: (3214, 3214),
    3: (1226, 1226),
    4: (2266, 1132),
    5: (5194, 1060),
}


@pytest.mark.parametrize("number", range(1, 6))
def test_five_nets_have_the_published_counts(number):
    net = net_1989(number)
    assert (count_links(net), count_parameters(net)) == PUBLISHED[number]
    assert net(torch.zeros(2, 1, 16, 16)).shape == (2, 10)


def test_unknown_net_is_refused():
    with pytest.raises(ValueError, match="number=6"):
        net_1989(6)


@pytest.mark.parametrize("options", [{}, {"stride": 2, "padding": 1}])
def test_local_layer_with_copied_weights_is_the_convolution(options):
    torch.manual_seed(0)
    shared = LocalGrid(2, 3, 3, 8, share=True, **options)
    local = LocalGrid(2, 3, 3, 8, share=False, **options)
    with torch.no_grad():
        local.weight.copy_(shared.weight.flatten(1).T.expand_as(local.weight))
    x = torch.rand(4, 2, 8, 8)
    torch.testing.assert_close(shared(x), local(x), atol=1e-6, rtol=1e-5)
    torch.testing.assert_close(shared(x), F.conv2d(x, shared.weight, **options))
    assert shared.links == local.links


def test_local_layer_gradient():
    layer = LocalGrid(1, 2, 2, 4).double()
    x = torch.rand(2, 1, 4, 4, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(layer, x)


def test_local_contrast_removes_gain_and_offset():
    torch.manual_seed(0)
    x = torch.rand(2, 1, 14, 14)
    norm = LocalContrast(eps=0.0)
    torch.testing.assert_close(norm(3 * x + 5), norm(x), atol=1e-4, rtol=1e-3)


def test_every_part_can_be_removed():
    x = torch.rand(3, 1, 14, 14)
    sizes = {}
    for name, options in {
        "base": {},
        "local": {"share": False},
        "average": {"pool": "average"},
        "none": {"pool": "none"},
        "one": {"maps": (8,)},
    }.items():
        net = small_cnn(14, **options)
        assert net(x).shape == (3, 10)
        sizes[name] = count_parameters(net)
    assert sizes["local"] > 5 * sizes["base"] < sizes["none"]
    assert sizes["average"] == sizes["base"]
    frozen = [p for p in small_cnn(14, learn=False).parameters() if p.requires_grad]
    assert sum(p.numel() for p in frozen) == 10 * 65
    with pytest.raises(ValueError, match="pool"):
        small_cnn(14, pool="median")


def test_without_nonlinearity_and_with_average_pooling_it_is_affine():
    torch.manual_seed(0)
    a, b = torch.rand(2, 1, 1, 14, 14)
    linear = small_cnn(14, nonlinear=False, pool="average")
    middle = (linear(a) + linear(b)) / 2
    torch.testing.assert_close(linear((a + b) / 2), middle, atol=1e-5, rtol=1e-4)
    bent = small_cnn(14, nonlinear=False, pool="max")
    assert not torch.allclose(bent((a + b) / 2), (bent(a) + bent(b)) / 2, atol=1e-3)


def test_learns_bars():
    torch.manual_seed(0)
    x = torch.zeros(64, 1, 14, 14)
    y = torch.arange(64) % 2
    for i in range(64):
        k = int(torch.randint(2, 12, ()))
        x[i, 0, k if y[i] else slice(None), slice(None) if y[i] else k] = 1
    net = small_cnn(14, num_classes=2)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(60):
        loss = nn.functional.cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert (net(x).argmax(1) == y).float().mean() > 0.95
