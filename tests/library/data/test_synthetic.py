"""The synthetic table of beginners' tutorials."""

import torch
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from torch.nn import functional as F

from hocsau.data.split import split
from hocsau.data.synthetic import table
from hocsau.metrics import accuracy
from hocsau.models import MLP, Standardise


def test_is_the_table_of_the_tutorial():
    X, y = table()
    raw, label = make_classification(
        n_samples=1000, n_features=20, n_informative=10, n_redundant=5, random_state=42
    )
    assert X.dtype == torch.float32 and y.dtype == torch.int64
    assert torch.equal(X, torch.tensor(raw, dtype=torch.float32))
    assert y.tolist() == label.tolist()
    assert torch.linalg.matrix_rank(X.double(), rtol=1e-5) == 15


def test_fresh_rows_come_from_the_same_world():
    (X, y), (X_new, y_new) = table(600, fresh=3000)
    assert X.shape == (600, 20) and X_new.shape == (3000, 20)
    model = LogisticRegression(max_iter=1000).fit(X.numpy(), y.numpy())
    scores = [model.score(a.numpy(), b.numpy()) for a, b in ((X, y), (X_new, y_new))]
    assert min(scores) > 0.65 and abs(scores[0] - scores[1]) < 0.1


def test_the_tutorial_network_learns_it():
    rng = torch.Generator().manual_seed(0)
    (X, y), _, (X_test, y_test) = split(*table(), val=0.2, test=0.2, rng=rng)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = torch.nn.Sequential(Standardise(X), MLP((20, 64, 32, 16, 1)))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(60):
        loss = F.binary_cross_entropy_with_logits(model(X), y[:, None].float())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        assert accuracy(model(X_test), y_test) > 0.85
