"""Random rotations, shifts and stretches of small images."""

import torch

from hocsau.data.jitter import Jittered, jitter


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_no_amount_changes_nothing():
    X = torch.rand(5, 1, 8, 8, generator=rng())
    same = jitter(X, shift=0, turn=0, stretch=0, rng=rng())
    assert torch.allclose(same, X, atol=1e-5)


def test_shift_moves_ink_by_at_most_that_many_pixels():
    X = torch.zeros(200, 1, 9, 9)
    X[:, 0, 4, 4] = 1
    moved = jitter(X, shift=2, turn=0, stretch=0, rng=rng())
    axis = torch.arange(9.0) - 4
    for other in (1, 2):  # sum over rows, then over columns
        mass = moved[:, 0].sum(other)
        centre = (mass * axis).sum(1) / mass.sum(1)
        assert centre.abs().max() <= 2 + 1e-4
        assert centre.abs().max() > 1.5  # and it does move
        assert abs(centre.mean()) < 0.3


def test_a_half_turn_is_a_flip_of_both_axes():
    X = torch.rand(1, 1, 8, 8, generator=rng())
    # the angle is uniform: look for draws close to half a turn
    turned = jitter(X.expand(4000, -1, -1, -1), shift=0, turn=180, stretch=0, rng=rng())
    gap = (turned - X.flip(2, 3)).abs().amax((1, 2, 3))
    assert gap.min() < 0.05


def test_same_generator_same_images():
    X = torch.rand(3, 1, 8, 8, generator=rng())
    amount = {"shift": 1.0, "turn": 20.0}
    a, b = (jitter(X, rng=rng(4), **amount) for _ in range(2))
    assert torch.equal(a, b)
    assert not torch.equal(a[0], jitter(X[:1].clone(), rng=rng(5), **amount)[0])


def test_every_epoch_has_new_images_and_the_same_labels():
    X = torch.rand(10, 1, 8, 8, generator=rng())
    y = torch.arange(10)
    batches = Jittered(X, y, batch_size=4, rng=rng(), shift=0.5, turn=5.0)
    first, second = list(batches), list(batches)
    assert len(batches) == len(first) == 3
    for epoch in (first, second):
        order = torch.cat([y for _, y in epoch])
        assert order.sort().values.tolist() == list(range(10))
        for A, b in epoch:  # each image is near its own original
            D = torch.cdist(A.flatten(1), X.flatten(1))
            assert torch.equal(D.argmin(1), b)
    A, B = (torch.cat([X for X, _ in epoch]) for epoch in (first, second))
    assert not torch.equal(A, B)
