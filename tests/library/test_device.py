"""The order in which a device is chosen, and a device that is not there."""

import pytest
import torch

from hocsau import device


def machine(monkeypatch, *, gpus, mps):
    monkeypatch.setattr(torch.cuda, "device_count", lambda: gpus)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)


@pytest.mark.parametrize(
    "gpus, mps, name", [(2, True, "cuda"), (0, True, "mps"), (0, False, "cpu")]
)
def test_order(monkeypatch, gpus, mps, name):
    machine(monkeypatch, gpus=gpus, mps=mps)
    assert device.pick() == torch.device(name)


def test_a_named_device(monkeypatch):
    machine(monkeypatch, gpus=2, mps=False)
    assert device.pick("cuda:1") == torch.device("cuda:1")
    assert device.pick("cuda") == torch.device("cuda")
    assert device.pick("cpu") == torch.device("cpu")


@pytest.mark.parametrize("name", ["cuda", "cuda:1", "mps", "gpu", "cuda:x"])
def test_a_device_that_is_not_there_is_named_with_what_is(monkeypatch, name):
    machine(monkeypatch, gpus=0, mps=False)
    with pytest.raises(ValueError, match=rf"{name}.*chỉ có cpu.*pick\(\)"):
        device.pick(name)


def test_a_second_gpu_that_is_not_there(monkeypatch):
    machine(monkeypatch, gpus=1, mps=False)
    with pytest.raises(ValueError, match="cuda:1"):
        device.pick("cuda:1")


@pytest.mark.parametrize("name", ["cuda:x", "cuda:", "cuda:-1", "cuda:01", "CUDA", ""])
def test_a_name_that_is_none_is_answered_like_a_missing_device(monkeypatch, name):
    machine(monkeypatch, gpus=2, mps=False)
    with pytest.raises(ValueError, match=rf"'{name}'.*chỉ có cuda, cpu.*pick\(\)"):
        device.pick(name)


def test_a_device_already_made_is_a_name_too():
    assert device.pick(torch.device("cpu")) == torch.device("cpu")
