"""Many nets at once: the same as the ordinary loop with torch.nn, one net at a time."""

import pytest
import torch
from torch import nn

from hocsau import normlab
from hocsau.batchnorm import BatchNorm
from hocsau.dropout import Dropout
from hocsau.layernorm import LayerNorm
from hocsau.optimisers import SGD
from hocsau.stacked import Linears, generators
from hocsau.together import predict

RNG = torch.Generator().manual_seed(0)
X = torch.randn(60, 4, generator=RNG)
y = (X[:, 0] > 0).long() + (X[:, 1] > 0).long()
SEEDS = [3, 4, 8]


def torch_twin(nets, i):
    """Member i, rebuilt from torch.nn layers."""
    layers = []
    for layer in nets:
        if isinstance(layer, Linears):
            d, k = layer.weight.shape[1:]
            twin = nn.Linear(d, k)
            with torch.no_grad():
                twin.weight.copy_(layer.weight[i].T)
                twin.bias.copy_(layer.bias[i, 0])
        elif isinstance(layer, BatchNorm):
            twin = nn.BatchNorm1d(layer.weight.shape[-1])
        elif isinstance(layer, LayerNorm):
            twin = nn.LayerNorm(layer.weight.shape[-1])
        else:
            twin = nn.ReLU()
        layers.append(twin)
    return nn.Sequential(*layers)


@pytest.mark.parametrize("kind", ["linear bn relu", "linear ln relu"])
def test_each_member_learns_as_in_the_ordinary_loop(kind):
    A, b = normlab.choose(X, y, 40, seeds=SEEDS)
    nets = normlab.build(kind, (4, 6, 5, 3), seeds=SEEDS)
    twins = [torch_twin(nets, i) for i in range(3)]
    rates = torch.tensor([0.05, 0.1, 0.2])
    curve = normlab.train(
        nets, A, b, lr=rates, num_epochs=6, batch_size=8, seeds=SEEDS, make=SGD
    )
    assert curve.shape == (6, 3) and (curve[-1] < curve[0]).all()
    rngs = generators(SEEDS, normlab.ORDERS)
    for i, twin in enumerate(twins):
        optimiser = torch.optim.SGD(twin.parameters(), lr=rates[i].item())
        for _ in range(6):
            for rows in torch.randperm(40, generator=rngs[i]).split(8):
                loss = nn.functional.cross_entropy(twin(A[i, rows]), b[i, rows])
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
        expected = twin.eval()(X)
        assert torch.allclose(predict(nets, X)[i], expected, atol=1e-3)


def test_recipe_words_are_the_modules_after_each_linear():
    nets = normlab.build("linear relu bn drop", (4, 6, 5, 3), seeds=SEEDS, p=0.3)
    kinds = [type(layer) for layer in nets]
    assert kinds == [Linears, nn.ReLU, BatchNorm, Dropout] * 2 + [Linears]
    assert nets[2].weight.shape == (3, 1, 6) and nets[3].p == 0.3
    with pytest.raises(ValueError, match="từ lạ 'batchnorm'"):
        normlab.build("linear batchnorm", (4, 6, 3), seeds=[0])


def test_initial_bounds():
    nets = normlab.build("linear relu", (100, 400, 3), seeds=[0, 1])
    assert 0.095 < nets[0].weight.abs().max() <= 0.1
    nets = normlab.build("linear relu", (100, 400, 3), seeds=[0, 1], he=True)
    assert 0.23 < nets[0].weight.abs().max() <= (6 / 100) ** 0.5
    assert nets[-1].weight.abs().max() <= 1 / 20


def test_choice_is_each_seed_s_own():
    A, b = normlab.choose(X, y, 40, seeds=SEEDS)
    alone, _ = normlab.choose(X, y, 40, seeds=SEEDS[1:2])
    assert A.shape == (3, 40, 4) and b.shape == (3, 40)
    assert torch.equal(A[1], alone[0]) and not torch.equal(A[0], A[1])


def test_mislabel_changes_exactly_the_share_and_always_to_another_class():
    rng = torch.Generator().manual_seed(1)
    labels = torch.arange(500) % 10
    wrong = normlab.mislabel(labels, 0.2, num_classes=10, rng=rng)
    assert (wrong != labels).sum() == 100
    assert wrong.min() >= 0 and wrong.max() <= 9
    assert labels[0] == 0 and labels[11] == 1
