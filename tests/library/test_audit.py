"""Each check catches its own leak, and lets through what its page says it does."""

import numpy as np
import pytest
import torch
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from hocsau import audit


def test_same_rows_finds_every_copy_and_nothing_else():
    rng = np.random.default_rng(0)
    A, B = rng.normal(size=(6, 3)), rng.normal(size=(5, 3))
    assert audit.same_rows(A, B) == []
    B[1], B[4] = A[2], A[2]
    assert audit.same_rows(A, B) == [(2, 1), (2, 4)]
    assert audit.same_rows(torch.tensor(A), B) == [(2, 1), (2, 4)]
    B[4] += 1e-9
    assert audit.same_rows(A, B) == [(2, 1)]


def test_same_rows_flattens_images_and_knows_one_zero():
    images = torch.zeros(2, 1, 8, 8)
    images[1, 0, 0, 0] = -0.0
    assert audit.same_rows(images, images) == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_column_auc_ranks_a_column_either_way_round():
    rng = torch.Generator().manual_seed(0)
    y = torch.arange(200) % 2
    noise = torch.randn(200, generator=rng)
    X = torch.stack([y + 0.1 * noise, -(y + 0.1 * noise), noise], dim=1)
    got = audit.column_auc(X, y)
    assert got.shape == (3,)
    assert got[0] > 0.99 and got[1] == pytest.approx(got[0])
    assert 0.5 <= got[2] < 0.65


def test_depends_on_others_tells_a_fitted_scaler_from_a_refitted_one():
    rng = np.random.default_rng(0)
    X = rng.normal(3.0, 2.0, size=(20, 4))
    fitted = StandardScaler().fit(X[:10])
    assert audit.depends_on_others(fitted.transform, X[10:]) < 1e-12
    assert audit.depends_on_others(StandardScaler().fit_transform, X[10:]) > 0.1


def selecting(X, before):
    def score(y):
        A = SelectKBest(k=20).fit_transform(X, y) if before else X
        steps = [] if before else [SelectKBest(k=20)]
        model = make_pipeline(*steps, LogisticRegression())
        A_train, A_test, y_train, y_test = train_test_split(
            A, y, test_size=0.4, random_state=0
        )
        return model.fit(A_train, y_train).score(A_test, y_test)

    return score


def test_shuffled_labels_catches_selection_before_the_split():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(80, 3000)), np.arange(80) % 2
    leaky = audit.shuffled_labels(selecting(X, True), y, rng=rng, rounds=8)
    clean = audit.shuffled_labels(selecting(X, False), y, rng=rng, rounds=8)
    assert leaky.shape == (8,)
    assert np.median(leaky) > 0.75
    assert 0.3 < np.median(clean) < 0.65


def test_shuffled_labels_keeps_the_labels_and_gives_new_orders():
    y, seen = np.arange(30), []
    rng = np.random.default_rng(1)
    audit.shuffled_labels(lambda a: seen.append(a) or 0.0, y, rng=rng, rounds=3)
    assert all(sorted(a) == sorted(y) for a in seen)
    assert not np.array_equal(seen[0], seen[1])
    assert np.array_equal(y, np.arange(30))


def test_sealed_counts_openings_across_runs(tmp_path, capsys):
    log = tmp_path / "mo.txt"
    X, y = torch.zeros(3, 2), torch.zeros(3)
    reason = "chấm mô hình cuối, đoán trước 95%"
    assert audit.Sealed(X, y, log).times == 0
    got = audit.Sealed(X, y, log).open(reason)
    assert got[0] is X and got[1] is y
    assert capsys.readouterr().out == ""
    again = audit.Sealed(X, y, log)
    assert again.times == 1
    again.open(reason + "\nviết hai dòng vẫn là một lần mở")
    assert again.times == 2
    assert "Lần mở thứ 2" in capsys.readouterr().out


def test_sealed_wants_a_reason(tmp_path):
    sealed = audit.Sealed(0, 1, tmp_path / "mo.txt")
    for reason in ("", "  \n ", "xem thử"):
        with pytest.raises(ValueError, match="reason"):
            sealed.open(reason)
    assert sealed.times == 0
