"""Many nets at once: the same as the ordinary loop with torch.nn, one net at a time."""

import pytest
import torch
from torch import nn

from hocsau import normlab
from hocsau.batchnorm import BatchNorm
from hocsau.dropout import Dropout
from hocsau.layernorm import LayerNorm
from hocsau.optimisers import SGD

RNG = torch.Generator().manual_seed(0)
X = torch.randn(60, 4, generator=RNG)
y = (X[:, 0] > 0).long() + (X[:, 1] > 0).long()
SEEDS = [3, 4, 8]


def torch_twin(nets, i):
    """Member i, rebuilt from torch.nn layers."""
    layers = []
    for layer in nets:
        if isinstance(layer, normlab.Linears):
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


@pytest.mark.parametrize("kind", ["linear relu", "linear bn relu", "linear ln relu"])
def test_each_member_learns_as_in_the_ordinary_loop(kind):
    A, b = normlab.choose(X, y, 40, seeds=SEEDS)
    nets = normlab.build(kind, (4, 6, 5, 3), seeds=SEEDS)
    twins = [torch_twin(nets, i) for i in range(3)]
    rates = torch.tensor([0.05, 0.1, 0.2])
    curve = normlab.fit(
        nets, A, b, lr=rates, num_epochs=6, batch_size=8, seeds=SEEDS, make=SGD
    )
    assert curve.shape == (6, 3) and (curve[-1] < curve[0]).all()
    rngs = normlab._rngs(SEEDS, "thứ tự")
    for i, twin in enumerate(twins):
        optimiser = torch.optim.SGD(twin.parameters(), lr=rates[i].item())
        for _ in range(6):
            for rows in torch.randperm(40, generator=rngs[i]).split(8):
                loss = nn.functional.cross_entropy(twin(A[i, rows]), b[i, rows])
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
        expected = twin.eval()(X)
        assert torch.allclose(normlab.predict(nets, X)[i], expected, atol=1e-3)


def test_scores_are_those_of_each_member():
    nets = normlab.build("linear relu", (4, 6, 3), seeds=SEEDS)
    got = normlab.accuracies(nets, X, y)
    for i in range(3):
        hits = torch_twin(nets, i)(X).argmax(1) == y
        assert got[i] == hits.float().mean()
    A, b = normlab.choose(X, y, 10, seeds=SEEDS)
    assert normlab.accuracies(nets, A, b).shape == (3,)
    losses = normlab.losses(normlab.predict(nets, A), b)
    one = nn.functional.cross_entropy(torch_twin(nets, 1)(A[1]), b[1])
    assert losses[1].item() == pytest.approx(one.item(), rel=1e-5)


def test_prediction_restores_the_mode_and_uses_no_mask():
    nets = normlab.build("linear relu drop", (4, 6, 3), seeds=SEEDS)
    assert nets.training
    assert torch.equal(normlab.predict(nets, X), normlab.predict(nets, X))
    assert nets.training


def test_recipe_words_and_the_last_hidden_layer():
    nets = normlab.build("linear relu/linear bn relu drop", (4, 6, 5, 7, 3), seeds=[0])
    kinds = [type(layer) for layer in nets]
    assert kinds.count(BatchNorm) == kinds.count(Dropout) == 1
    assert kinds.index(BatchNorm) == 5
    with pytest.raises(ValueError, match="từ lạ 'batchnorm'"):
        normlab.build("linear batchnorm", (4, 6, 3), seeds=[0])


def test_initial_bounds():
    nets = normlab.build("linear relu", (100, 400, 3), seeds=[0, 1])
    assert 0.095 < nets[0].weight.abs().max() <= 0.1
    nets = normlab.build("linear relu", (100, 400, 3), seeds=[0, 1], he=True)
    assert 0.23 < nets[0].weight.abs().max() <= (6 / 100) ** 0.5
    assert not torch.equal(nets[0].weight[0], nets[0].weight[1])


def test_mislabel_changes_exactly_the_share_and_always_to_another_class():
    rng = torch.Generator().manual_seed(1)
    labels = torch.arange(500) % 10
    wrong = normlab.mislabel(labels, 0.2, num_classes=10, rng=rng)
    assert (wrong != labels).sum() == 100
    assert wrong.min() >= 0 and wrong.max() <= 9
    assert labels[0] == 0 and labels[11] == 1


def test_different_purposes_never_share_random_numbers():
    draws = {
        tuple(torch.randperm(20, generator=normlab._rngs([seed], use)[0]).tolist())
        for use in normlab.PURPOSES
        for seed in range(5)
    }
    assert len(draws) == 5 * len(normlab.PURPOSES)
