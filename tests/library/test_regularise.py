"""Weight decay, lasso and dropout against formulas, torch and scikit-learn."""

import numpy as np
import pytest
import torch

from hocsau.regularise import decay_step, dropout, lasso, ridge, soft_threshold

rng = np.random.default_rng(0)
X = rng.normal(size=(40, 12))
w_true = np.zeros(12)
w_true[:3] = 2, -1, 1
y = X @ w_true + 0.1 * rng.normal(size=40)


def test_decay_step_is_torch_weight_decay():
    w = torch.tensor([1.0, -2.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1, weight_decay=2 * 0.3)
    (w**3).sum().backward()
    ours = decay_step(w.detach(), w.grad, lr=0.1, alpha=0.3)
    optimizer.step()
    torch.testing.assert_close(w.detach(), ours)


def test_soft_threshold_minimises_its_problem():
    grid = np.linspace(-3, 3, 60001)
    for z in (-1.7, -0.2, 0.0, 0.5, 2.0):
        best = grid[np.argmin(0.5 * (grid - z) ** 2 + 0.5 * abs(grid))]
        assert soft_threshold(z, 0.5) == pytest.approx(best, abs=1e-4)


def test_lasso_agrees_with_sklearn():
    from sklearn.linear_model import Lasso

    W = lasso(X, y, np.array([0.1, 0.5]), num_steps=2000)
    for j, alpha in enumerate((0.1, 0.5)):
        # scikit-learn minimises |y - Xw|^2 / 2n + alpha |w|_1
        model = Lasso(alpha=alpha / 2, fit_intercept=False, tol=1e-10).fit(X, y)
        np.testing.assert_allclose(W[:, j], model.coef_, atol=1e-6)
    assert (W[3:, 1] == 0).all()


def test_subgradient_never_lands_on_zero():
    W = lasso(X, y, np.array([0.5]), proximal=False)
    assert (W != 0).all()


def test_ridge_is_stationary():
    (w,) = ridge(X, y, [0.3]).T
    np.testing.assert_allclose(X.T @ (X @ w - y) / 40 + 0.3 * w, 0, atol=1e-12)


def test_dropout_keeps_the_mean_and_refuses_bad_p():
    H = torch.ones(400, 500)
    out = dropout(H, 0.3, rng=torch.Generator().manual_seed(0))
    assert out.mean().item() == pytest.approx(1, abs=0.01)
    assert (out == 0).float().mean().item() == pytest.approx(0.3, abs=0.01)
    assert out.unique().tolist() == pytest.approx([0, 1 / 0.7])
    with pytest.raises(ValueError, match="p"):
        dropout(H, 1.0, rng=torch.Generator())
