"""DB-VAE: sizes of the lab, loss against torch.distributions, gates, gradients."""

import pytest
import torch
from torch import distributions as dist

from hocsau.models import count_parameters, dbvae


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_the_labs_numbers_of_parameters():
    assert count_parameters(dbvae.detector()) == 640_889
    assert count_parameters(dbvae.detector(201)) == 743_489
    assert count_parameters(dbvae.decoder()) == 166_011
    assert count_parameters(dbvae.DBVAE()) == 743_489 + 166_011


@pytest.mark.parametrize("size", [32, 64])
def test_shapes(size):
    model = dbvae.DBVAE(5, size=size, filters=2, hidden=8)
    out = model(torch.rand(3, 3, size, size))
    assert out.logit.shape == (3,)
    assert out.mu.shape == out.logvar.shape == (3, 5)
    assert out.x_hat.shape == (3, 3, size, size)


def test_a_size_not_divisible_is_refused():
    with pytest.raises(ValueError, match="size = 40"):
        dbvae.detector(size=40)


def test_the_order_of_outputs_is_logit_means_logvars():
    model = dbvae.DBVAE(2, size=32, filters=2, hidden=4)
    with torch.no_grad():
        model.encoder[-1].weight.zero_()
        model.encoder[-1].bias.copy_(torch.arange(5.0))
    logit, mu, logvar = model.encode(torch.rand(2, 3, 32, 32))
    assert logit.tolist() == [0, 0]
    assert mu[0].tolist() == [1, 2] and logvar[0].tolist() == [3, 4]


def test_kl_is_that_of_torch():
    mu, logvar = torch.randn(2, 7, 4, generator=rng(), dtype=torch.float64)
    q = dist.Normal(mu, (0.5 * logvar).exp())
    reference = dist.kl_divergence(q, dist.Normal(0.0, 1.0)).sum(1)
    assert torch.allclose(dbvae.kl(mu, logvar), reference)


def test_samples_have_the_mean_and_the_variance():
    mu, logvar = torch.tensor([[1.0, -2.0]]), torch.tensor([[2.0, -1.0]])
    z = dbvae.sampling(mu.expand(100_000, 2), logvar.expand(100_000, 2), rng=rng())
    assert torch.allclose(z.mean(0), mu[0], atol=0.03)
    assert torch.allclose(z.var(0), logvar[0].exp(), rtol=0.03)


def test_gradients_of_kl_and_of_sampling():
    mu, logvar = torch.randn(2, 3, 4, generator=rng(), dtype=torch.float64)
    mu.requires_grad_(), logvar.requires_grad_()
    assert torch.autograd.gradcheck(dbvae.kl, (mu, logvar))
    assert torch.autograd.gradcheck(
        lambda m, v: dbvae.sampling(m, v, rng=rng(3)), (mu, logvar)
    )


def test_reconstruction_is_a_mean_over_pixels():
    x = torch.zeros(2, 3, 4, 4)
    zero = torch.zeros(2, 5)
    loss = dbvae.vae_loss(x, x + torch.tensor([0.5, -2.0]).view(2, 1, 1, 1), zero, zero)
    assert torch.allclose(loss, torch.tensor([0.5, 2.0]))


def outputs(model, x):
    return model(x, rng=rng(1))


def test_non_faces_teach_the_logit_only_and_not_the_decoder():
    torch.manual_seed(0)
    model = dbvae.DBVAE(3, size=32, filters=2, hidden=8)
    x = torch.rand(4, 3, 32, 32)
    dbvae.debiasing_loss(x, outputs(model, x), torch.zeros(4)).sum().backward()
    assert all(p.grad.abs().max() == 0 for p in model.decoder.parameters())
    grad = model.encoder[-1].weight.grad
    assert grad[0].abs().max() > 0 and grad[1:].abs().max() == 0


def test_faces_teach_everything():
    torch.manual_seed(0)
    model = dbvae.DBVAE(3, size=32, filters=4, hidden=8)
    x = torch.rand(4, 3, 32, 32)
    dbvae.debiasing_loss(x, outputs(model, x), torch.ones(4)).sum().backward()
    grad = model.encoder[-1].weight.grad
    assert (grad.abs().amax(1) > 0).all()
    assert all(p.grad.abs().max() > 0 for p in model.decoder.parameters())


def test_decoder_starts_at_the_mean_colour():
    X = torch.rand(6, 3, 32, 32, generator=rng())
    model = dbvae.DBVAE(3, size=32, filters=2, hidden=8).start_at(X)
    assert torch.allclose(model.decoder[-1].bias, X.mean((0, 2, 3)))
