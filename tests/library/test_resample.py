"""Resampling by latent density: rules by hand, limits, modes of the model."""

import numpy as np
import pytest
import torch

from hocsau import resample
from hocsau.models import dbvae


@pytest.fixture
def mu():
    g = np.random.default_rng(0)
    return np.concatenate([g.normal(size=(190, 3)), g.normal(4, 1, (10, 3))])


def test_density_of_the_bin_by_hand():
    values = np.array([0.0, 0.1, 0.2, 1.0])
    got = resample.bin_density(values, bins=2)  # ô rộng 0.5: ba và một
    assert np.allclose(got, [1.5, 1.5, 1.5, 0.5])


def test_values_on_inner_edges_belong_to_the_bin_numpy_counts():
    values = np.array([0.0, 1.0, 1.0, 2.0])
    assert np.allclose(resample.bin_density(values, bins=2), [0.25, 0.75, 0.75, 0.75])


def test_both_rules_by_hand():
    mu = np.array([[0, 0], [0, 0], [0, 1], [1, 1]], dtype=float)
    q = np.array([[1.5, 1], [1.5, 1], [1.5, 1], [0.5, 1]])
    product = 1 / ((q + 0.1).prod(1))
    each = 1 / (q + 0.1)
    maximum = (each / each.sum(0)).max(1)
    for rule, p in (
        (resample.product_rule, product),
        (resample.maximum_rule, maximum),
    ):
        assert np.allclose(rule(mu, bins=2, alpha=0.1), p / p.sum())


@pytest.mark.parametrize("rule", [resample.product_rule, resample.maximum_rule])
def test_large_alpha_is_uniform_and_small_alpha_prefers_the_rare(rule, mu):
    assert np.allclose(rule(mu, alpha=1e9), 1 / len(mu))
    p = rule(mu, alpha=0.01)
    assert p.sum() == pytest.approx(1) and p[190:].sum() > 2 * 10 / 200


def test_product_of_one_dimension_is_the_maximum(mu):
    one = mu[:, :1]
    assert np.allclose(resample.product_rule(one), resample.maximum_rule(one))


def test_hundred_dimensions_do_not_underflow():
    mu = np.random.default_rng(0).normal(size=(500, 100))
    p = resample.product_rule(mu, alpha=0.001)
    assert np.isfinite(p).all() and p.sum() == pytest.approx(1)


def test_oracle_gives_every_combination_the_same():
    a, b = np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 1])
    p = resample.oracle(a, torch.tensor(b))
    assert np.allclose(p, [1 / 6, 1 / 6, 1 / 3, 1 / 6, 1 / 6])


def test_effective_size():
    assert resample.effective_size(np.full(8, 1 / 8)) == pytest.approx(8)
    assert resample.effective_size(np.eye(8)[0]) == 1


@pytest.mark.parametrize("training", [True, False])
def test_means_use_eval_and_give_the_mode_back(training):
    torch.manual_seed(0)
    model = dbvae.DBVAE(3, size=32, filters=2, hidden=8).train(training)
    X = torch.rand(7, 3, 32, 32)
    before = model.encoder[2].running_mean.clone()
    got = resample.latent_means(model, X, batch_size=3)
    assert model.training is training
    assert torch.equal(before, model.encoder[2].running_mean)
    model.eval()
    reference = model.encode(X)[1].detach().double().numpy()
    assert np.allclose(got, reference, atol=1e-6)
