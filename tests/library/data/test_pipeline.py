"""Datasets, leaks, splits of indices, augmentation, imbalance, streams, workers."""

import pickle
import warnings

import numpy as np
import pytest
import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader

from hocsau.data import imbalance, leaks, parts, rowfile, workers
from hocsau.data.augment import shift, sometimes
from hocsau.data.collate import pad
from hocsau.data.mixing import shuffle_buffer
from hocsau.data.pace import Slow, rate
from hocsau.data.samples import Samples, chain


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def test_samples_leave_the_data_alone_and_match_torch():
    X, y = torch.arange(12.0).view(6, 2), torch.arange(6)
    data = Samples(X, y, chain(lambda x: x + 1, lambda x: 2 * x))
    batches = list(DataLoader(data, batch_size=4))
    assert [len(b) for b, _ in batches] == [4, 2]
    assert torch.equal(torch.cat([b for b, _ in batches]), 2 * (X + 1))
    assert torch.equal(X, torch.arange(12.0).view(6, 2))
    with pytest.raises(ValueError, match="6 mẫu X"):
        Samples(X, y[:3])


def test_a_shift_moves_pixels_and_keeps_them():
    X = torch.zeros(400, 2, 5, 5)
    X[:, :, 2, 2] = torch.tensor([1.0, 3.0])
    moved = shift(X, 1, rng=seeded())
    assert moved.shape == X.shape and torch.equal(moved.sum((2, 3)), X.sum((2, 3)))
    where = moved[:, 0].flatten(1).argmax(1)
    assert torch.equal(where, moved[:, 1].flatten(1).argmax(1))
    assert len(where.unique()) == 9
    assert (torch.bincount(where)[where.unique()] > 20).all()
    assert torch.equal(shift(X, 0, rng=seeded()), X)
    corner = torch.zeros(50, 1, 3, 3)
    corner[:, 0, 0, 0] = 1
    assert set(shift(corner, 1, rng=seeded()).sum((1, 2, 3)).tolist()) == {0, 1}
    with pytest.raises(ValueError, match=r"X\[None\]"):
        shift(X[0], 1, rng=seeded())


def test_sometimes_changes_about_that_share():
    X = torch.zeros(2000, 3)
    out = sometimes(X, lambda x: x + 1, 0.3, rng=seeded())
    assert (out == out[:, :1]).all() and 0.25 < out.mean() < 0.35
    assert sometimes(X, lambda x: x + 1, 0.0, rng=seeded()).sum() == 0


def test_correlation_agrees_with_numpy_and_ranks():
    X = torch.randn(40, 6, generator=seeded())
    y = (X[:, 4] + 0.3 * X[:, 1] > 0).long()
    ours = leaks.correlation(X, y)
    theirs = [np.corrcoef(X[:, j].double(), y)[0, 1] for j in range(6)]
    assert np.allclose(ours, theirs) and leaks.strongest(X, y, 1).tolist() == [4]


def test_oversampling_evens_the_classes_with_copies_only():
    X = torch.arange(10.0)[:, None]
    y = torch.tensor([0] * 7 + [1] * 2 + [2])
    A, a = leaks.oversample(X, y, rng=seeded())
    assert torch.bincount(a).tolist() == [7, 7, 7]
    assert torch.equal(y[A[:, 0].long()], a)
    assert set(A[:, 0].tolist()) == set(range(10))
    assert torch.equal(leaks.nearest_label(X, y, X + 0.1), y)


def test_no_group_is_cut_and_nothing_is_lost():
    groups = torch.arange(60) // 3 * 10
    got = parts.by_group(groups, val=0.2, test=0.2, rng=seeded())
    assert sorted(torch.cat(got).tolist()) == list(range(60))
    kinds = [set(groups[p].tolist()) for p in got]
    assert [len(k) for k in kinds] == [12, 4, 4]
    assert not kinds[0] & kinds[1] and not (kinds[0] | kinds[1]) & kinds[2]


def test_every_part_has_the_share_of_each_class():
    y = torch.tensor([0] * 90 + [1] * 10)
    got = parts.by_class(y, val=0.2, test=0.2, rng=seeded())
    assert sorted(torch.cat(got).tolist()) == list(range(100))
    assert [int(y[p].sum()) for p in got] == [6, 2, 2]
    with pytest.raises(ValueError, match="còn ít nhất một"):
        parts.by_class(y, val=0.5, test=0.5, rng=seeded())


def test_weights_even_the_classes_and_can_be_taken_out():
    y = torch.tensor([0, 0, 0, 1])
    w = imbalance.sample_weights(y)
    assert w[:3].sum() == pytest.approx(1) and w[3] == 1
    assert imbalance.positive_weight(y) == 3
    z = torch.tensor(0.3, dtype=torch.float64, requires_grad=True)
    loss = F.binary_cross_entropy_with_logits(
        z.expand(4), y.double(), pos_weight=torch.tensor(3.0)
    )
    for _ in range(200):  # p = 1/4 weighted by 3 has its optimum at odds 1
        (g,) = torch.autograd.grad(loss, z)
        z = (z - g).detach().requires_grad_()
        loss = F.binary_cross_entropy_with_logits(
            z.expand(4), y.double(), pos_weight=torch.tensor(3.0)
        )
    fixed = imbalance.undo_weight(z, 3.0).sigmoid()
    assert abs(z.item()) < 1e-6 and abs(fixed.item() - 0.25) < 1e-6
    with pytest.raises(ValueError, match="cả hai lớp"):
        imbalance.positive_weight(torch.zeros(3))


@pytest.mark.parametrize("dtype", [torch.bool, torch.uint8, torch.int32, torch.float32])
def test_sample_weights_of_any_kind_of_whole_numbers(dtype):
    y = torch.tensor([0, 0, 1, 0]).to(dtype)
    assert imbalance.sample_weights(y)[1:].tolist() == [1 / 3, 1, 1 / 3]


@pytest.mark.parametrize(
    ("y", "words"),
    [
        ([0, -1, 1], "y có nhãn -1.*đánh số lại"),
        ([0, 1.5], r"y có nhãn 1\.5.*đánh số lại"),
        ([0, float("nan")], "y có nhãn nan"),
        ([], "y không có mẫu nào"),
        ([[0], [1]], r"y có kích thước \(2, 1\).*squeeze"),
    ],
)
def test_sample_weights_of_no_class_numbers_are_refused(y, words):
    with pytest.raises(ValueError, match=f"sample_weights: {words}"):
        imbalance.sample_weights(torch.tensor(y))


def test_a_shuffle_buffer_keeps_every_item():
    whole = list(range(500))
    assert list(shuffle_buffer(whole, 1, rng=seeded())) == whole
    out = list(shuffle_buffer(whole, 50, rng=seeded()))
    assert sorted(out) == whole and out != whole
    late = [out.index(i) - i for i in range(400)]
    assert min(late) >= -49 and 30 < np.mean(np.array(late) + 49) < 70
    with pytest.raises(ValueError, match="size = 0"):
        next(shuffle_buffer(whole, 0, rng=seeded()))


def test_rows_on_disk_by_index_and_as_a_stream(tmp_path):
    rows = np.random.default_rng(0).integers(0, 256, (370, 5))
    rowfile.write(tmp_path / "a.bin", np.array_split(rows, 3))
    data = rowfile.RowFile(tmp_path / "a.bin", 5)
    assert len(data) == 370
    x, label = data[369]
    assert x.tolist() == rows[369, :4].tolist() and label == rows[369, 4]
    sent = pickle.dumps(data)
    assert len(sent) < 1000 and pickle.loads(sent)[3][1] == rows[3, 4]
    flow = list(rowfile.RowStream(tmp_path / "a.bin", 5))
    assert [y for _, y in flow] == rows[:, 4].tolist()
    mixed = rowfile.RowStream(tmp_path / "a.bin", 5, buffer=370, rng=seeded())
    labels = [y for _, y in mixed]
    assert labels != rows[:, 4].tolist()
    assert sorted(labels) == sorted(rows[:, 4].tolist())
    with pytest.raises(ValueError, match="width"):
        rowfile.view(tmp_path / "a.bin", 6)


def loader(data, **options):
    """Two workers, silent on a machine with one core or a new Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(DataLoader(data, num_workers=2, **options))


def test_two_workers_share_the_stream(tmp_path):
    rows = np.arange(20).reshape(20, 1).repeat(2, 1)
    rowfile.write(tmp_path / "a.bin", [rows])
    got = loader(rowfile.RowStream(tmp_path / "a.bin", 2), batch_size=4)
    assert sorted(torch.cat([y for _, y in got]).tolist()) == list(range(20))


def test_workers_repeat_each_other_until_reseeded():
    def rolls(**options):
        data = workers.Rolls(12, rng=seeded(5))
        got = loader(data, batch_size=6, generator=seeded(1), **options)
        return [b.tolist() for _, b in got]

    first, second = rolls()
    assert first == second
    first, second = rolls(worker_init_fn=workers.reseed)
    assert first != second
    assert rolls(worker_init_fn=workers.reseed) == [first, second]


def test_padding_keeps_the_content_and_the_lengths():
    a, b = torch.tensor([1, 2, 3]), torch.tensor([4])
    X, lengths, y = pad([(a, 0), (b, 1)], value=9)
    assert X.tolist() == [[1, 2, 3], [4, 9, 9]]
    assert lengths.tolist() == [3, 1] and y.tolist() == [0, 1]


def test_the_rate_counts_rows_over_time():
    data = Samples(torch.zeros(8, 1), torch.zeros(8))
    slow = rate(DataLoader(Slow(data, 0.01), batch_size=4), repeats=1)
    assert 0 < slow <= 100
    assert rate(DataLoader(data, batch_size=4)) > slow
    with pytest.raises(ValueError, match="repeats"):
        rate([], repeats=0)
