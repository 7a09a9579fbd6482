"""Every optimiser follows torch to 1e-10 in float64."""

import numpy as np
import pytest
import torch

import kim
from kim import optim
from kim.nn import Parameter

RUNS = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.05}),
    ("Adam", {"lr": 0.1}),
    ("Adam", {"lr": 0.1, "weight_decay": 0.05, "betas": (0.8, 0.95), "eps": 1e-6}),
    ("AdamW", {"lr": 0.1}),
    ("AdamW", {"lr": 0.1, "weight_decay": 0.2}),
]


def run(lib, params, opt, target, steps=30):
    for _ in range(steps):
        opt.zero_grad()
        w, b = params
        loss = (((w @ w.T + b - target) ** 2) * 0.1).sum()
        loss.backward()
        opt.step()
    return params


@pytest.mark.parametrize("name, options", RUNS)
def test_thirty_steps_as_torch(name, options):
    rng = np.random.default_rng(0)
    w, b, target = (rng.standard_normal(s) for s in ((3, 2), (3,), (3, 3)))
    ours = [Parameter(w), Parameter(b)]
    theirs = [torch.tensor(v, requires_grad=True) for v in (w, b)]
    run(kim, ours, getattr(optim, name)(ours, **options), target)
    opt = getattr(torch.optim, name)(theirs, **options)
    run(torch, theirs, opt, torch.tensor(target))
    for p, t in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(p.array, t.detach().numpy(), rtol=0, atol=1e-10)


def test_defaults_are_those_of_torch():
    p = Parameter([1.0])
    for name in ("SGD", "Adam", "AdamW"):
        ours = getattr(optim, name)([p])
        theirs = getattr(torch.optim, name)([torch.nn.Parameter(torch.ones(1))])
        group = theirs.param_groups[0]
        assert (ours.lr, ours.weight_decay) == (group["lr"], group["weight_decay"])


@pytest.mark.parametrize("max_norm", [0.5, 1e6])
def test_clip_grad_norm_as_torch(max_norm):
    arrays = [np.arange(6.0).reshape(2, 3), np.ones(4)]
    ours = [Parameter(a) for a in arrays]
    theirs = [torch.nn.Parameter(torch.tensor(a)) for a in arrays]
    sum((p * p).sum() for p in ours).backward()
    sum((p * p).sum() for p in theirs).backward()
    norm = optim.clip_grad_norm([*ours, Parameter([1.0])], max_norm)
    expected = torch.nn.utils.clip_grad_norm_(theirs, max_norm)
    assert norm == pytest.approx(expected.item(), rel=1e-12)
    for p, t in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(p.grad.array, t.grad.numpy(), rtol=1e-12)


def test_step_skips_parameters_without_gradient():
    p, q = Parameter([1.0]), Parameter([1.0])
    (p * 2).sum().backward()
    optim.AdamW([p, q], lr=0.1).step()
    assert q.item() == 1 and p.item() < 1


def test_step_changes_in_place_and_keeps_dtype():
    p = Parameter([1.0, 2.0])
    array = p.array
    (p * p).sum().backward()
    for opt in (optim.SGD([p], momentum=0.9), optim.Adam([p]), optim.AdamW([p])):
        opt.step()
        assert p.array is array and p.dtype == np.float32


def test_shared_gradient_memory_is_never_written():
    p, q = Parameter([1.0, 2.0]), Parameter([3.0, 4.0])
    (p + q).sum().backward()  # both gradients may be one array
    optim.SGD([p, q], lr=0.1, momentum=0.9, weight_decay=0.1).step()
    optim.clip_grad_norm([p], 0.1)
    assert q.grad.array.tolist() == [1.0, 1.0]


def test_empty_list_is_refused():
    with pytest.raises(ValueError, match="rỗng"):
        optim.SGD([])


def test_a_bare_tensor_is_refused():
    with pytest.raises(TypeError, match="danh sách"):
        optim.SGD(Parameter([1.0, 2.0]))
