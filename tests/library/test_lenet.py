"""LeNet-5: the published counts, the sparse table, the loss, learning."""

import torch
from torch import nn
from torch.nn import functional as F

from hocsau.models import count_parameters
from hocsau.models.lenet import (
    C3_INPUTS,
    LeNet5,
    SparseConv,
    Subsample,
    digit_codes,
    lenet_style,
    reject_logits,
    squash,
)

PAPER = {"C1": 156, "S2": 12, "C3": 1516, "S4": 32, "C5": 48120, "F6": 10164}


def test_parameters_match_the_paper_layer_by_layer():
    net = LeNet5()
    counted = {name: count_parameters(m) for name, m in net.named_children()}
    assert counted == PAPER
    assert count_parameters(net) == 60_000
    assert count_parameters(lenet_style()) == 61_706


def test_c3_table():
    assert sorted(map(len, C3_INPUTS)) == [3] * 6 + [4] * 9 + [6]
    assert len({tuple(sorted(row)) for row in C3_INPUTS}) == 16
    uses = [sum(i in row for row in C3_INPUTS) for i in range(6)]
    assert uses == [10] * 6


def test_sparse_conv_is_a_masked_convolution():
    torch.manual_seed(0)
    layer = SparseConv(C3_INPUTS, 6)
    x = torch.rand(2, 6, 9, 9)
    by_hand = torch.stack(
        [
            sum(
                F.conv2d(x[:, i : i + 1], layer.dense_weight()[j, i][None, None])
                for i in row
            )[:, 0]
            for j, row in enumerate(C3_INPUTS)
        ],
        dim=1,
    )
    torch.testing.assert_close(layer(x), by_hand, atol=1e-6, rtol=1e-5)
    assert (layer.dense_weight() != 0).sum() == 1500


def test_subsample_starts_as_average_and_learns():
    x = torch.rand(1, 3, 4, 4)
    layer = Subsample(3)
    torch.testing.assert_close(layer(x), squash(F.avg_pool2d(x, 2)))
    layer(x).sum().backward()
    assert layer.weight.grad.abs().min() > 0 and layer.bias.grad.abs().min() > 0


def test_squash_maps_one_to_one():
    one = squash(torch.tensor(1.0)).item()
    assert abs(one - 1) < 1e-3


def test_distance_matches_its_definition_and_slides():
    torch.manual_seed(0)
    net, x = LeNet5(), torch.rand(2, 1, 32, 40)
    out, z = net(x), net.features(x)
    assert out.shape == (2, 10, 1, 3)
    direct = ((z[:, None] - digit_codes()[:, :, None, None]) ** 2).sum(2)
    torch.testing.assert_close(out, direct, atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(net(x[..., 4:36])[..., 0], out[..., 1])


def test_codes_are_distinct_plus_minus_one():
    codes = digit_codes()
    assert codes.shape == (10, 84) and set(codes.unique().tolist()) == {-1.0, 1.0}
    gap = torch.cdist(codes, codes) + 100 * torch.eye(10)
    assert gap.min() ** 2 >= 40


def test_reject_logits_give_equation_nine():
    d, j = 5 * torch.rand(4, 10), 3.0
    t = torch.tensor([1, 0, 9, 4])
    loss = F.cross_entropy(reject_logits(d, j), t, reduction="none")
    total = torch.exp(torch.tensor(-j)) + torch.exp(-d).sum(1)
    torch.testing.assert_close(loss, d[range(4), t] + total.log())


def test_learns_a_tiny_case():
    torch.manual_seed(0)
    x = -0.1 + torch.zeros(10, 1, 32, 32)
    for k in range(10):
        x[k, 0, 3 * k : 3 * k + 4, 8:24] = 1.175
    y, net = torch.arange(10), LeNet5()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(60):
        loss = F.cross_entropy(reject_logits(net(x), 60.0).flatten(1), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert (net(x).flatten(1).argmin(1) == y).sum() >= 9
    assert isinstance(net.C5, nn.Conv2d)
