"""The order in which a device is chosen."""

import pytest
import torch

from hocsau import device


@pytest.mark.parametrize(
    "cuda, mps, name",
    [(True, True, "cuda"), (False, True, "mps"), (False, False, "cpu")],
)
def test_order(monkeypatch, cuda, mps, name):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    assert device.pick() == torch.device(name)
