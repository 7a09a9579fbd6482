"""Costs of published networks against the counts in their papers."""

from hocsau.netcost import alexnet, layer_cost, network_cost, resnet50, vgg


def test_layer_cost_of_lenet_first_layer():
    assert layer_cost(1, 6, 5, 28) == (156, 6 * 25 * 28**2)


def test_groups_divide_weights():
    assert layer_cost(8, 8, 3, 4, groups=2)[1] * 2 == layer_cost(8, 8, 3, 4)[1]


def test_published_parameter_counts():
    assert network_cost(alexnet())[0] == 60_965_224
    assert network_cost(vgg())[0] == 138_357_544
    assert network_cost(vgg((2, 2, 4, 4, 4)))[0] == 143_667_240


def test_learned_depth_matches_names():
    assert len(alexnet()) == 8
    assert len(vgg()) == 16
    assert len(vgg((2, 2, 4, 4, 4))) == 19
    assert len(resnet50()) - 4 == 50  # four projections do not count


def test_resnet_costs():
    params, macs = network_cost(resnet50())
    assert 25.5e6 < params < 25.6e6
    assert 3.8e9 < macs < 3.9e9
