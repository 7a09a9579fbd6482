"""Sliding detectors: data as described, votes, shift invariance, learning."""

import torch
from torch.nn import functional as F

from hocsau import train
from hocsau.motif import (
    SlidingMax,
    VoteNet,
    letter,
    letters,
    sequences,
    template_votes,
    vote,
)

MOTIF = torch.tensor([1.0, 2, -2, -1])


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_motif_stands_where_asked():
    X, y = sequences(6, MOTIF, rng=rng(), length=20, noise=0.0, places=(5, 6))
    assert y.tolist() == [0, 1, 0, 1, 0, 1]
    assert (X[::2] == 0).all()
    assert (X[1::2, 5:9] == MOTIF).all()
    assert (X[1::2, :5] == 0).all() and (X[1::2, 9:] == 0).all()


def test_sliding_max_is_the_formula():
    net, X = SlidingMax(4, seeds=range(3)), torch.randn(3, 5, 12, generator=rng())
    windows = X.unfold(2, 4, 1)
    scores = torch.einsum("snpk,sk->snp", windows, net.w[:, 0])
    torch.testing.assert_close(net.scores(X), scores)
    torch.testing.assert_close(net(X), scores.amax(2) + net.b)


def test_gradient_reaches_the_winning_window_only():
    net, X = SlidingMax(4, seeds=(0,)), torch.randn(1, 1, 12, generator=rng())
    net(X).sum().backward()
    at = int(net.scores(X).argmax())
    torch.testing.assert_close(net.w.grad[0, 0], X[0, 0, at : at + 4])


def test_sliding_max_learns_and_moves():
    left = [sequences(80, 2 * MOTIF, rng=rng(s), places=(0, 20)) for s in range(2)]
    X, y = (torch.stack(parts) for parts in zip(*left, strict=True))
    net = SlidingMax(6, seeds=range(2))

    def loss(output, y):
        return F.binary_cross_entropy_with_logits(output, y)

    optimizer = torch.optim.Adam(net.parameters(), lr=0.05)
    train.fit(net, [(X, y)], loss, optimizer, num_epochs=200)
    X, y = sequences(200, 2 * MOTIF, rng=rng(9), places=(40, 56))
    hit = (net(X.expand(2, -1, -1)) > 0) == y.bool()
    assert hit.float().mean(1).max() > 0.95


def test_letters_have_the_parts_they_are_told_by():
    for h in range(6, 9):
        for w in range(5, 8):
            canvas = torch.zeros(2, 16, 16)
            canvas[0, 3 : 3 + h, 4 : 4 + w] = letter("C", h, w)
            canvas[1, 3 : 3 + h, 4 : 4 + w] = letter("D", h, w)
            counts = template_votes(canvas).sum((2, 3))
            assert counts.tolist() == [[2, 0, 0], [0, 1, 1]]


def test_votes_do_not_move_with_the_letter():
    X, y = letters(60, rng=rng())
    assert (vote(X) == y).all()
    for shift in ((2, 0), (0, 3), (1, 5)):
        moved = F.pad(X, (shift[1], 8 - shift[1], shift[0], 8 - shift[0]))
        before = template_votes(F.pad(X, (4,) * 4)).sum((2, 3))
        assert torch.equal(before, template_votes(moved).sum((2, 3)))


def test_columns_and_flips_are_obeyed():
    X, _ = letters(40, rng=rng(), cols=(6, 7))
    assert X[:, :, :6].sum() == 0 and X[:, :, 6].sum(1).min() > 0
    noisy, _ = letters(400, rng=rng(), flip=0.1)
    clean, _ = letters(400, rng=rng())
    assert ((clean == 0) | (clean == 1)).all()
    assert 0.05 < noisy[:, 0].mean() < 0.15  # the first row is always empty


def test_vote_net_ignores_shifts():
    torch.manual_seed(0)
    net, canvas = VoteNet(4), torch.zeros(2, 16, 16)
    canvas[0, 2:8, 2:7] = canvas[1, 5:11, 6:11] = letter("D", 6, 5)
    out = net(canvas)
    torch.testing.assert_close(out[0], out[1])
