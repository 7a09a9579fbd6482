"""Feature pictures: ascent climbs, stays in range; projection finds the cause."""

import torch
from torch.nn import functional as F

from hocsau.featureviz import ascend, project_back
from hocsau.tinyconv import TinyConv


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_ascent_finds_the_template():
    target = torch.zeros(8, 8)
    target[2:6, 3] = 1
    target -= target.mean()
    X = ascend(lambda X: (X[:, 0] * target).sum((1, 2)), (2, 1, 8, 8), rng=rng())
    assert X.min() >= 0 and X.max() <= 1
    assert not X.requires_grad
    similar = F.cosine_similarity(
        (X - X.mean((2, 3), keepdim=True)).flatten(1), target.flatten()[None]
    )
    assert similar.min() > 0.5


def test_untamed_ascent_leaves_the_range_and_scores_more():
    torch.manual_seed(0)
    net = TinyConv()

    def score(X):
        return net(X)[:, 3, 0, 0]

    wild = ascend(score, (1, 1, 8, 8), rng=rng(), tame=False)
    calm = ascend(score, (1, 1, 8, 8), rng=rng())
    assert wild.abs().max() > 1
    assert score(wild) > score(calm) > score(torch.full((1, 1, 8, 8), 0.5))


def test_projection_stays_inside_the_receptive_field():
    torch.manual_seed(0)
    net, X = TinyConv(), torch.rand(1, 1, 8, 8, generator=rng())
    with torch.no_grad():
        second = F.relu(net.conv2(F.max_pool2d(F.relu(net.conv1(X)), 2)))
    unit = int(second[0, :, 0, 1].argmax())
    back = project_back(net, X, unit, 0, 1)
    assert back.shape == (8, 8)
    assert back[:6, 2:].abs().max() > 0
    assert back[6:].abs().max() == 0 and back[:, :2].abs().max() == 0
