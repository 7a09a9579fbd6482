"""The tumour table and scaling that looks at the training part only."""

import numpy as np
import pytest
import torch
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression

from hocsau.data import cancer
from hocsau.data.scale import standardise
from hocsau.data.split import Split


def table(seed=0, **options):
    return cancer.load(rng=torch.Generator().manual_seed(seed), **options)


def test_three_parts_with_their_shapes_and_types():
    data = table()
    assert [tuple(X.shape) for X, _ in data] == [(341, 30), (114, 30), (114, 30)]
    for X, y in data:
        assert X.dtype == torch.float32 and y.dtype == torch.int64
        assert y.shape == (len(X),) and y.unique().tolist() == [0, 1]


def test_every_tumour_once_and_one_means_malignant():
    raw = load_breast_cancer()
    X = torch.cat([X for X, _ in table()]).numpy()
    y = torch.cat([y for _, y in table()]).numpy()
    wanted = raw.data.astype(np.float32)
    order, wanted_order = np.lexsort(X.T), np.lexsort(wanted.T)
    np.testing.assert_array_equal(X[order], wanted[wanted_order])
    malignant = raw.target == list(raw.target_names).index("malignant")
    np.testing.assert_array_equal(y[order], malignant[wanted_order])
    assert y.sum() == 212 and cancer.CLASSES[1] == "ác tính"
    assert X[y == 1, 0].mean() > X[y == 0, 0].mean()  # malignant cells are larger


def test_names_follow_the_columns():
    names = load_breast_cancer().feature_names
    assert len(set(cancer.FEATURES)) == len(names) == 30
    for ours, theirs in zip(cancer.FEATURES, names, strict=True):
        assert ("area" in theirs) == ("diện tích" in ours)
        assert ("fractal" in theirs) == ("fractal" in ours)
        assert ("error" in theirs) == ("sai số" in ours)
        assert ("worst" in theirs) == ("lớn nhất" in ours)


def test_same_seed_same_split():
    assert torch.equal(table().test[0], table().test[0])
    assert not torch.equal(table().test[0], table(1).test[0])
    assert len(table(val=0.1, test=0.3).test[0]) == 171


def test_scaling_is_fitted_on_the_training_part():
    data = table()
    scaled = standardise(data)
    X = data.train[0].double()
    mean, std = X.mean(0), X.std(0, unbiased=False)
    for (raw, y), (Z, same) in zip(data, scaled, strict=True):
        want = ((raw.double() - mean) / std).float()
        torch.testing.assert_close(Z, want, rtol=1e-5, atol=1e-6)
        assert Z.dtype == torch.float32 and torch.equal(y, same)
    assert scaled.train[0].mean(0).abs().max() < 1e-5
    assert scaled.test[0].mean(0).abs().max() > 1e-3


def test_other_parts_do_not_change_the_scale():
    data = table()
    wild = Split(data.train, (data.val[0] * 1e6, data.val[1]), data.test)
    assert torch.equal(standardise(wild).train[0], standardise(data).train[0])


def test_a_constant_column_and_an_empty_part():
    X = torch.tensor([[1.0, 7.0], [3.0, 7.0]])
    empty = (torch.zeros(0, 2), torch.zeros(0))
    train, val, _ = standardise(Split((X, torch.zeros(2)), empty, empty))
    assert train[0].tolist() == [[-1, 0], [1, 0]] and val[0].shape == (0, 2)


def test_images_are_refused_with_the_remedy():
    part = (torch.zeros(2, 1, 8, 8), torch.zeros(2))
    with pytest.raises(ValueError, match=r"flatten\(1\)"):
        standardise(Split(part, part, part))


def test_a_linear_model_reads_the_scaled_table():
    data = standardise(table())
    model = LogisticRegression().fit(*data.train)
    assert model.score(*data.val) > 0.9
