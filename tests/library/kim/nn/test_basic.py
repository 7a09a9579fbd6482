"""Linear, ReLU, Flatten, Sequential, Residual against torch."""

import numpy as np
import pytest
import torch

from kim import Tensor, nn


def test_linear_follows_torch_for_every_batch_shape():
    ours, theirs = nn.Linear(3, 2, dtype="float64"), torch.nn.Linear(3, 2).double()
    ours.load_state_dict({k: v.numpy() for k, v in theirs.state_dict().items()})
    for shape in [(5, 3), (2, 4, 3), (3,)]:
        x = np.random.default_rng(0).standard_normal(shape)
        y, t = ours(Tensor(x)), theirs(torch.tensor(x))
        np.testing.assert_allclose(y.array, t.detach().numpy(), atol=1e-12)


def test_linear_draws_from_its_generator_within_the_bound():
    a, b = (nn.Linear(100, 50, rng=np.random.default_rng(3)) for _ in range(2))
    assert (a.weight.array == b.weight.array).all()
    assert 0.099 < np.abs(a.weight.array).max() <= 0.1
    assert nn.Linear(3, 2, bias=False).bias is None
    with pytest.raises(ValueError, match="3 đặc trưng"):
        nn.Linear(4, 2)(Tensor(np.ones((2, 3), np.float32)))


def test_flatten_relu_sequential_residual():
    x = Tensor(np.arange(-6.0, 6).reshape(2, 3, 2))
    net = nn.Sequential(nn.Flatten(), nn.Residual(nn.ReLU()))
    flat = x.array.reshape(2, 6)
    assert net(x).array.tolist() == (flat + np.maximum(flat, 0)).tolist()
    assert len(net) == 2 and isinstance(net[0], nn.Flatten)


def test_a_subclass_of_sequential_keeps_its_own_children():
    class Net(nn.Sequential):
        def __init__(self):
            super().__init__(nn.Linear(3, 2), nn.ReLU())
            self.head = nn.Linear(2, 1)

    names = [name for name, _ in Net().named_children()]
    assert names == ["0", "1", "head"]
    assert len(Net().parameters()) == 4
    assert not Net().eval().head.training
