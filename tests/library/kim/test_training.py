"""A whole training run follows torch: the parts are right together."""

import numpy as np
import torch

import kim


class TorchResidual(torch.nn.Module):
    def __init__(self, fn):
        super().__init__()
        self.fn = fn

    def forward(self, x):
        return self.fn(x) + x


def network(nn, residual, **kwargs):
    inner = nn.Sequential(
        nn.Linear(12, 12, **kwargs), nn.BatchNorm1d(12, **kwargs), nn.ReLU()
    )
    return nn.Sequential(
        nn.Linear(8, 12, **kwargs), nn.ReLU(), residual(inner), nn.Linear(12, 3)
    )


def test_residual_mlp_follows_torch_for_fifty_steps():
    torch.manual_seed(0)
    theirs = network(torch.nn, TorchResidual).double()
    ours = network(kim.nn, kim.nn.Residual, dtype="float64")
    for _, p in ours.named_tensors():
        p.array = p.array.astype(np.float64)
    state = {k: v.numpy() for k, v in theirs.state_dict().items()}
    ours.load_state_dict({k: v for k, v in state.items() if "tracked" not in k})
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((96, 8)), rng.integers(0, 3, 96)
    loader = kim.data.DataLoader(kim.data.ArrayDataset(X, y), 32, shuffle=True, rng=rng)
    opt = kim.optim.AdamW(ours.parameters(), lr=0.01)
    opt_t = torch.optim.AdamW(theirs.parameters(), lr=0.01)
    losses = []
    for _ in range(17):
        for xb, yb in loader:
            loss = kim.nn.SoftmaxLoss()(ours(xb), yb)
            tx, ty = torch.from_numpy(xb.array), torch.from_numpy(yb.array)
            loss_t = torch.nn.functional.cross_entropy(theirs(tx), ty)
            for o, value in ((opt, loss), (opt_t, loss_t)):
                o.zero_grad()
                value.backward()
                kim.optim.clip_grad_norm(ours.parameters(), 1.0)
                torch.nn.utils.clip_grad_norm_(theirs.parameters(), 1.0)
                o.step()
            assert abs(loss.item() - loss_t.item()) < 1e-8
            losses.append(loss.item())
    assert losses[-1] < 0.6 * losses[0]
    ours.eval(), theirs.eval()
    expected = theirs(torch.from_numpy(X)).detach().numpy()
    np.testing.assert_allclose(
        ours(kim.Tensor(X)).detach().numpy(), expected, atol=1e-6
    )
