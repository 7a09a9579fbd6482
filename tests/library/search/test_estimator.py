"""The PyTorch network as a scikit-learn classifier."""

import numpy as np
import pytest
import torch
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, make_moons
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import estimator_checks_generator

from hocsau.search.estimator import TorchClassifier

# Promised nowhere in the book: pandas tables and other array libraries.
NOT_PROMISED = {"check_array_api_input", "check_classifier_data_not_an_array"}
CHECKS = [
    pair
    for pair in estimator_checks_generator(TorchClassifier(hidden=8, num_epochs=20))
    if pair[1].func.__name__ not in NOT_PROMISED
]


@pytest.mark.parametrize(
    "estimator, check", CHECKS, ids=lambda part: getattr(part, "func", type).__name__
)
def test_scikit_learn_takes_it_for_its_own(estimator, check):
    assert len(CHECKS) > 30
    check(estimator)


def moons(n=120):
    X, y = make_moons(n, noise=0.1, random_state=0)
    return X, np.array(["dưới", "trên"])[y]


def test_parameters_are_read_copied_and_set():
    model = TorchClassifier(hidden=5, depth=2, lr=0.1, seed=3)
    assert model.get_params() == {
        "hidden": 5, "depth": 2, "lr": 0.1, "weight_decay": 0.0, "dropout": 0.0,
        "batch_size": 32, "num_epochs": 30, "seed": 3,
    }  # fmt: skip
    twin = clone(model).set_params(hidden=6)
    assert (twin.hidden, twin.seed, model.hidden) == (6, 3, 5)
    X, y = moons()
    kinds = [type(m).__name__ for m in model.set_params(dropout=0.1).fit(X, y).model_]
    assert kinds == ["Linear", "ReLU", "Dropout"] * 2 + ["Linear"]
    assert model.model_[0].out_features == 5 and len(model.history_) == 30


def test_learns_a_curved_boundary_and_keeps_the_names_of_classes():
    X, y = moons()
    model = TorchClassifier(lr=0.02, num_epochs=60).fit(X, y)
    assert model.score(X, y) > 0.97 and set(model.predict(X)) == {"dưới", "trên"}
    probs = model.predict_proba(X)
    np.testing.assert_allclose(probs.sum(1), 1)
    assert np.array_equal(model.classes_[probs.argmax(1)], model.predict(X))
    flat = TorchClassifier(depth=0, lr=0.02, num_epochs=60).fit(X, y)
    assert flat.score(X, y) < 0.95 and len(flat.model_) == 1


def test_without_hidden_layer_it_is_logistic_regression():
    X, y = moons()
    model = TorchClassifier(depth=0, lr=0.05, batch_size=120, num_epochs=800)
    ours = model.fit(X, y).predict_proba(X)
    theirs = LogisticRegression(C=1e6).fit(X, y).predict_proba(X)
    np.testing.assert_allclose(ours, theirs, atol=5e-3)


def test_same_seed_same_model_and_the_global_state_is_left_alone():
    X, y = moons()
    torch.manual_seed(1)
    state = torch.get_rng_state()
    fits = [TorchClassifier(dropout=0.3, num_epochs=3, seed=s).fit(X, y) for s in "001"
            for s in [int(s)]]  # fmt: skip
    assert torch.equal(state, torch.get_rng_state())
    a, b, c = (f.predict_proba(X) for f in fits)
    assert np.array_equal(a, b) and not np.allclose(a, c)


def test_searches_in_a_pipeline():
    X, y = load_breast_cancer(return_X_y=True)
    X, y = X[:200], y[:200]
    pipe = make_pipeline(StandardScaler(), TorchClassifier(num_epochs=5))
    grid = {"torchclassifier__lr": [1e-5, 1e-2], "torchclassifier__depth": [0, 1]}
    found = GridSearchCV(pipe, grid, cv=3).fit(X, y)
    assert found.best_params_["torchclassifier__lr"] == 1e-2
    assert found.best_score_ > 0.9
    options = {"n_iter": 3, "cv": 3, "random_state": 0}
    first = RandomizedSearchCV(pipe, grid, **options).fit(X, y)
    again = RandomizedSearchCV(pipe, grid, **options).fit(X, y)
    scores = [s.cv_results_["mean_test_score"] for s in (first, again)]
    assert len(scores[0]) == 3 and np.array_equal(*scores)
    assert cross_val_score(pipe, X, y, cv=3, scoring="roc_auc").mean() > 0.95


def test_one_class_is_refused():
    X, _ = moons()
    with pytest.raises(ValueError, match="một lớp"):
        TorchClassifier().fit(X, np.zeros(len(X)))


def spoilt(value):
    X = moons()[0]
    X[3, 1] = value
    return X


@pytest.mark.parametrize(
    ("X", "y", "words"),
    [
        (spoilt(np.nan), moons()[1], r"X có số NaN.*trung vị"),
        (spoilt(np.inf), moons()[1], r"X có số NaN hay vô cùng.*trung vị"),
        (moons()[0], np.where(np.arange(120) < 3, np.nan, 1.0), r"y có số NaN"),
        (moons()[0], moons()[1][:100], r"X có 120 mẫu, y có 100 nhãn.*bằng nhau"),
        (moons()[0][:, 0], moons()[1], r"X chỉ có một chiều.*reshape"),
        (moons()[0][:0], moons()[1][:0], "X không có mẫu nào"),
        (moons()[0], moons()[0][:, 0], "y không phải nhãn lớp.*số thứ tự"),
    ],
)
def test_bad_tables_are_answered_in_vietnamese(X, y, words):
    with pytest.raises(ValueError, match=words) as refused:
        TorchClassifier(num_epochs=1).fit(X, y)
    assert refused.value.__cause__ is not None  # what scikit-learn said


def test_bad_tables_at_prediction():
    X, y = moons()
    model = TorchClassifier(num_epochs=1).fit(X, y)
    with pytest.raises(ValueError, match=r"X có 1 cột.*học với 2 cột"):
        model.predict(X[:, :1])
    with pytest.raises(ValueError, match=r"X có số NaN"):
        model.predict_proba(spoilt(np.nan))
