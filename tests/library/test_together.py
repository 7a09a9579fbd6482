"""Many copies trained at once learn exactly as each would alone."""

import pytest
import torch
from torch import nn

from hocsau.gates import gate
from hocsau.together import Crowd, logistic_loss, right, train


def small_net():
    return nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))


def train_alone(seed, X, y, lr, num_steps):
    torch.manual_seed(seed)
    net = small_net()
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(num_steps):
        loss = nn.functional.binary_cross_entropy_with_logits(
            net(X).squeeze(1), y
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return net


def test_each_member_equals_its_solo_run():
    X, y = gate("XOR")
    crowd = Crowd(small_net, [3, 5])
    train(crowd, X, y, lr=torch.tensor([0.5, 1.0]), num_steps=40)
    for i, (seed, lr) in enumerate([(3, 0.5), (5, 1.0)]):
        alone = train_alone(seed, X, y, lr, 40)
        copy = crowd.member(i)
        pairs = zip(copy.parameters(), alone.parameters(), strict=True)
        for ours, theirs in pairs:
            assert torch.allclose(ours, theirs, atol=1e-6)
        assert torch.allclose(crowd(X)[i], alone(X), atol=1e-6)


def test_history_has_one_row_per_step_and_a_last_one():
    X, y = gate("OR")
    crowd = Crowd(lambda: nn.Linear(2, 1), range(6))
    first = right(crowd(X), y)
    history = train(crowd, X, y, lr=2.0, num_steps=60)
    assert history.shape == (61, 6)
    assert torch.equal(history[0], first)
    assert torch.equal(history[-1], right(crowd(X), y))
    assert (history[-1] == 1).all()


def test_keeping_nothing_changes_nothing_else():
    X, y = gate("XOR")
    kept, quiet = Crowd(small_net, range(2)), Crowd(small_net, range(2))
    train(kept, X, y, lr=1.0, num_steps=5)
    assert train(quiet, X, y, lr=1.0, num_steps=5, keep=None) is None
    assert torch.equal(kept(X), quiet(X))


def test_loss_and_accuracy_of_known_logits():
    logits = torch.tensor([[[0.0], [0.0]], [[30.0], [-30.0]]])
    y = torch.tensor([1.0, 0.0])
    loss = logistic_loss(logits, y)
    assert torch.allclose(loss, torch.tensor([2.0, 1.0]).log())
    assert right(logits, y).tolist() == [0.5, 1.0]


def test_global_random_state_is_left_alone():
    torch.manual_seed(11)
    before = torch.get_rng_state()
    Crowd(small_net, range(3))
    assert torch.equal(before, torch.get_rng_state())


def test_members_are_copies():
    crowd = Crowd(small_net, range(2))
    crowd.member(0)[0].weight.data.zero_()
    assert crowd.weights[0].abs().min() > 0


def test_refusals_name_the_remedy():
    with pytest.raises(ValueError, match="seeds rỗng"):
        Crowd(small_net, [])
    with pytest.raises(ValueError, match="buffer"):
        Crowd(lambda: nn.BatchNorm1d(2), range(2))
