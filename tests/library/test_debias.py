"""Training with resampling: batches, the skipped decoding, branches, learning."""

import numpy as np
import pytest
import torch

from hocsau import debias, resample
from hocsau.data import faces
from hocsau.models import dbvae


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def small(**kw):
    torch.manual_seed(0)
    return dbvae.DBVAE(3, size=32, filters=2, hidden=8, **kw)


def adam(model, lr=3e-3):
    return torch.optim.Adam(model.parameters(), lr=lr)


def test_batches_are_half_faces_drawn_by_p():
    X_face = torch.arange(4.0).view(4, 1, 1, 1).expand(4, 3, 2, 2)
    X_other = torch.full((5, 3, 2, 2), -1.0)
    p = np.array([0.0, 0.25, 0.0, 0.75])
    X, y = debias.half_batch(X_face, X_other, p, batch_size=4000, rng=rng())
    assert y.sum() == 2000 and (X[:2000] >= 0).all() and (X[2000:] == -1).all()
    drawn = X[:2000, 0, 0, 0]
    assert set(drawn.tolist()) == {1.0, 3.0}
    assert abs((drawn == 3).float().mean() - 0.75) < 0.04


def test_loss_without_decoding_other_pictures_is_the_gated_loss():
    model = small().double().eval()
    X = torch.rand(6, 3, 32, 32, dtype=torch.float64)
    y = torch.tensor([1.0, 1, 1, 0, 0, 0], dtype=torch.float64)
    with torch.no_grad():  # không nhiễu: hai cách rút số theo hai thứ tự
        model.encoder[-1].weight[4:].zero_()
        model.encoder[-1].bias[4:].fill_(-60.0)
    loss = debias.DBVAELoss(kl_weight=0.01)(model, X, y, rng=rng())
    full = dbvae.debiasing_loss(X, model(X, rng=rng(1)), y, kl_weight=0.01)
    assert torch.allclose(loss, full.mean())


def test_fit_asks_the_rule_every_so_many_steps_and_trains():
    f, o = faces.sample_faces(40, rng=rng()), faces.sample_objects(40, rng=rng(1))
    X_face, X_other = f.draw(32, rng=rng()), o.draw(32, rng=rng())
    asked = []

    def rule(model):
        asked.append(model.training)
        return resample.maximum_rule(resample.latent_means(model, X_face))

    model = small()
    losses = debias.fit(
        model, adam(model), X_face, X_other, loss_fn=debias.DBVAELoss(),
        num_steps=60, every=25, rule=rule, rng=rng(),
    )  # fmt: skip
    assert len(asked) == 3 and len(losses) == 60 and model.training
    assert np.mean(losses[-10:]) < np.mean(losses[:10])


def test_decay_ends_near_zero_and_no_steps_give_no_losses():
    model, X = small(), torch.rand(4, 3, 32, 32)
    optimizer = adam(model, lr=0.1)
    debias.fit(
        model, optimizer, X, X, loss_fn=debias.DBVAELoss(), num_steps=5,
        decay=True, batch_size=4, rng=rng(),
    )  # fmt: skip
    assert optimizer.param_groups[0]["lr"] == pytest.approx(0.02)
    assert debias.fit(
        model, optimizer, X, X, loss_fn=debias.DBVAELoss(), num_steps=0, rng=rng()
    ) == []  # fmt: skip


def test_branches_start_alike_and_leave_the_root_alone():
    model, X = small(), torch.rand(8, 3, 32, 32)
    before = [p.clone() for p in model.parameters()]
    loss_fn = debias.DBVAELoss()
    kwargs = {"X_face": X, "X_other": X, "loss_fn": loss_fn, "num_steps": 3}
    twins = debias.branch(
        model, adam(model), {"a": None, "b": None, "c": lambda m: np.eye(8)[0]},
        seed=1, **kwargs,
    )  # fmt: skip
    assert all(map(torch.equal, before, model.parameters()))
    pairs = zip(twins["a"].parameters(), twins["b"].parameters(), strict=True)
    assert all(torch.equal(a, b) for a, b in pairs)
    assert not torch.equal(next(twins["a"].parameters()), next(twins["c"].parameters()))


def test_a_branch_may_have_a_learning_rate_of_its_own():
    model, X = small(), torch.rand(8, 3, 32, 32)
    optimizer = adam(model)
    kwargs = {"X_face": X, "X_other": X, "loss_fn": debias.DBVAELoss(), "num_steps": 2}

    def moved(**lr):
        twin = debias.branch(model, optimizer, {"a": None}, seed=1, **lr, **kwargs)["a"]
        pairs = zip(model.parameters(), twin.parameters(), strict=True)
        return sum((p - q).abs().sum() for p, q in pairs).item()

    assert moved(lr=0.0) == 0 < moved() == moved(lr=3e-3) < moved(lr=6e-3)
    assert optimizer.param_groups[0]["lr"] == 3e-3


def test_logits_of_both_kinds_of_model():
    X = torch.rand(5, 3, 32, 32)
    torch.manual_seed(0)
    plain = dbvae.detector(size=32, filters=2, hidden=8)
    assert debias.logits(plain, X, batch_size=2).shape == (5,)
    model = small()
    got = debias.logits(model, X)
    assert model.training
    assert torch.allclose(got, model.eval().encode(X)[0])


def test_a_detector_learns_balanced_drawings():
    f = faces.sample_faces(300, mix=faces.BALANCED, rng=rng())
    o = faces.sample_objects(300, rng=rng(1))
    X_face, X_other = f.draw(32, rng=rng()), o.draw(32, rng=rng())
    torch.manual_seed(0)
    model = dbvae.detector(size=32, filters=4, hidden=16)
    debias.fit(
        model, adam(model), X_face, X_other, loss_fn=debias.detector_loss,
        num_steps=150, rng=rng(),
    )  # fmt: skip
    a, b = debias.logits(model, X_face), debias.logits(model, X_other)
    assert ((a > 0).float().mean() + (b <= 0).float().mean()) / 2 > 0.85


def test_the_labs_size_runs_two_epochs_and_recomputes_the_weights_at_each():
    f, o = faces.sample_faces(32, rng=rng()), faces.sample_objects(32, rng=rng(1))
    X_face, X_other = f.draw(64, rng=rng()), o.draw(64, rng=rng())
    weights = []

    def rule(net):
        mu = resample.latent_means(net, X_face)
        weights.append(resample.maximum_rule(mu))
        return weights[-1]

    torch.manual_seed(0)
    net = dbvae.DBVAE()
    before = [p.clone() for p in net.parameters()]
    debias.fit(
        net, torch.optim.Adam(net.parameters(), lr=5e-4), X_face, X_other,
        loss_fn=debias.DBVAELoss(), rule=rule, num_steps=4, every=2, rng=rng(),
    )  # fmt: skip
    assert len(weights) == 2 and not np.allclose(*weights)
    pairs = zip(before, net.parameters(), strict=True)
    assert all(not torch.equal(a, b) for a, b in pairs)
    assert debias.logits(net, X_other).shape == (32,)
