"""Hand-written modules: every Jacobian against autograd, batches and kinks included."""

import pytest
import torch

from hocsau import modules as m

RNG = torch.Generator().manual_seed(0)


def draw(*shape):
    return torch.randn(*shape, generator=RNG, dtype=torch.float64)


y = torch.tensor([2, 0, 1])
CASES = {
    "linear": (
        m.Linear(),
        (draw(3, 4), draw(4, 5), draw(5)),
        lambda X, W, b: X @ W + b,
    ),
    "relu": (m.ReLU(), (draw(3, 4),), torch.relu),
    "add": (m.Add(), (draw(2, 3), draw(2, 3), draw(2, 3)), lambda a, b, c: a + b + c),
    "max": (m.Max(), (draw(3, 4), draw(3, 4)), torch.maximum),
    "softmax": (m.Softmax(), (draw(3, 4),), lambda X: X.softmax(1)),
    "logsoftmax": (m.LogSoftmax(), (draw(3, 4),), lambda X: X.log_softmax(1)),
    "nll": (m.NLL(y), (draw(3, 4),), lambda L: torch.nn.functional.nll_loss(L, y)),
}


@pytest.mark.parametrize("name", CASES)
def test_value_and_jacobian_agree_with_pytorch(name):
    module, inputs, reference = CASES[name]
    torch.testing.assert_close(module.forward(*inputs), reference(*inputs))
    theirs = torch.autograd.functional.jacobian(reference, inputs)
    for ours, J, x in zip(m.jacobian(module, *inputs), theirs, inputs, strict=True):
        J = J.reshape(-1, x.numel())
        torch.testing.assert_close(ours, J, rtol=1e-12, atol=1e-14)


def test_duplicate_sums_and_its_jacobian_is_stacked_identities():
    (J,) = m.jacobian(m.Duplicate(3), draw(2, 2))
    assert torch.equal(J, torch.eye(4, dtype=torch.float64).repeat(3, 1))


def test_gradients_have_the_shape_of_their_inputs():
    for module, inputs, _ in CASES.values():
        out = module.forward(*inputs)
        pieces = m.as_tuple(module.backward(torch.ones_like(out)))
        assert [p.shape for p in pieces] == [x.shape for x in inputs]


def test_kinks_follow_the_stated_convention():
    zero = torch.zeros(1, 1, dtype=torch.float64)
    assert m.jacobian(m.ReLU(), zero)[0].item() == 0
    J1, J2 = m.jacobian(m.Max(), zero, zero)
    assert (J1.item(), J2.item()) == (0, 1)


def test_log_softmax_survives_huge_scores():
    X = torch.tensor([[1e4, 0.0, -1e4]], dtype=torch.float64)
    assert m.LogSoftmax().forward(X).tolist() == [[0.0, -1e4, -2e4]]
    assert torch.isfinite(m.Softmax().forward(X)).all()
