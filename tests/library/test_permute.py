"""Fixed pixel permutations and the recovery of the layout."""

import numpy as np
import pytest
import torch

from hocsau.data import permute


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def block_of(index, side, block):
    row, col = index // side, index % side
    return (row // block) * (side // block) + col // block


@pytest.mark.parametrize("block", [1, 2, 3, 6])
def test_blocks_unfold_and_fold_back(block):
    blocks = permute.in_blocks(6, block)
    assert blocks.shape == ((6 // block) ** 2, block**2)
    assert torch.equal(permute.from_blocks(blocks, 6), torch.arange(36))
    for k, row in enumerate(blocks):
        assert (block_of(row, 6, block) == k).all()


def test_bad_block_is_named():
    with pytest.raises(ValueError, match="block=4"):
        permute.in_blocks(6, 4)


def test_shuffle_inside_keeps_every_pixel_in_its_block():
    order = permute.shuffle_inside(12, 3, rng=rng())
    assert torch.equal(order.sort().values, torch.arange(144))
    assert not torch.equal(order, torch.arange(144))
    where = torch.arange(144)
    assert torch.equal(block_of(order, 12, 3), block_of(where, 12, 3))
    assert torch.equal(permute.shuffle_inside(12, 1, rng=rng()), where)
    tiles = permute.in_blocks(12, 3)  # blocks do not share one pattern
    inner = order[tiles] - order[tiles].min(1, keepdim=True).values
    assert len({tuple(t.tolist()) for t in inner}) > 1


def test_shuffle_blocks_keeps_the_inside_of_blocks():
    order = permute.shuffle_blocks(12, 3, rng=rng())
    assert torch.equal(order.sort().values, torch.arange(144))
    tiles = order[permute.in_blocks(12, 3)]
    assert {tuple(t.tolist()) for t in tiles} == {
        tuple(t.tolist()) for t in permute.in_blocks(12, 3)
    }
    assert not torch.equal(order, torch.arange(144))
    assert torch.equal(permute.shuffle_blocks(12, 12, rng=rng()), torch.arange(144))


def test_same_seed_same_order():
    for shuffle in (permute.shuffle_inside, permute.shuffle_blocks):
        assert torch.equal(shuffle(6, 2, rng=rng(3)), shuffle(6, 2, rng=rng(3)))


def test_correlation_matches_numpy_and_zeroes_constant_columns():
    X = np.random.default_rng(0).normal(size=(50, 4))
    X[:, 2] = 7
    C = permute.correlation(X)
    live = [0, 1, 3]
    assert np.allclose(C[np.ix_(live, live)], np.corrcoef(X[:, live].T))
    assert (C[2] == 0).all() and (C[:, 2] == 0).all()


def test_swaps_only_go_up_and_end_where_no_swap_helps():
    g = np.random.default_rng(1)
    C, K = (np.triu(g.normal(size=(8, 8)), 1) for _ in range(2))
    C, K = C + C.T, K + K.T

    def value(slots):
        return (C * K[np.ix_(slots, slots)]).sum()

    start = g.permutation(8)
    end = permute.swap_uphill(C, start, K)
    assert sorted(end) == list(range(8)) and value(end) >= value(start)
    for p in range(8):
        for q in range(p):
            other = end.copy()
            other[p], other[q] = other[q], other[p]
            assert value(other) <= value(end) + 1e-9


def test_arrange_brings_neighbours_back_together():
    side, g = 8, np.random.default_rng(0)
    field = g.normal(size=(3000, side + 2, side + 2))
    smooth = np.lib.stride_tricks.sliding_window_view(field, (3, 3), (1, 2))
    X = smooth.mean((3, 4)).reshape(len(field), -1)
    secret = torch.randperm(side**2, generator=rng(4))
    found = secret[permute.arrange(X[:, secret], side, rng=rng(5))]
    assert torch.equal(found.sort().values, torch.arange(side**2))

    def apart(order):  # true distance between pixels placed side by side
        row, col = (v.reshape(side, side) for v in np.divmod(order.numpy(), side))
        return np.hypot(np.diff(row), np.diff(col)).mean()

    assert apart(secret) > 3 and apart(found) < 1.8
