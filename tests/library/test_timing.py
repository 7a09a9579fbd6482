"""The stopwatch: what it runs, how often, and that it leaves nothing behind."""

import time

import pytest
import torch
from torch import nn

from hocsau import timing


class Slow(nn.Module):
    """Counts its calls; the first ones are slower, as on a real device."""

    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.ones(1))
        self.calls = 0

    def forward(self, X):
        time.sleep(0.05 if self.calls < 2 else 0.002)
        self.calls += 1
        return X * self.w


def test_seconds_drops_the_warm_up_and_clears_gradients():
    layer = Slow()
    taken = timing.seconds(layer, torch.ones(3, 1), repeats=5, warmup=2)
    assert layer.calls == 7
    assert 0.002 <= taken < 0.05
    assert layer.w.grad is None


def test_repeats_must_be_positive():
    with pytest.raises(ValueError, match="repeats"):
        timing.seconds(Slow(), torch.ones(1, 1), repeats=0)


def test_scan_builds_one_layer_a_size_and_sends_options_on():
    made = []

    def make(d, k):
        made.append((d, k))
        return nn.Linear(d, k)

    cpu = torch.device("cpu")
    out = timing.scan(make, (2, 5), 4, cpu, repeats=2, warmup=0)
    assert made == [(2, 2), (5, 5)]
    assert len(out) == 2 and min(out) > 0


def test_waiting_for_a_gpu_asks_the_gpu(monkeypatch):
    asked = []
    monkeypatch.setattr(torch.cuda, "synchronize", asked.append)
    timing.wait(torch.device("cpu"))
    assert asked == []
    timing.wait(torch.device("cuda", 0))
    assert asked == [torch.device("cuda", 0)]


def test_the_label_of_a_cpu_says_how_many_threads_it_uses():
    label = timing.label(torch.device("cpu"))
    assert label.startswith("CPU")
    assert label.endswith(f" {torch.get_num_threads()} luồng")


def test_all_cores_are_used_inside_and_given_back_even_after_an_error(monkeypatch):
    monkeypatch.setattr(timing, "cores", lambda: 3)
    before = torch.get_num_threads()
    with pytest.raises(KeyError), timing.all_cores():
        assert torch.get_num_threads() == 3
        assert timing.label(torch.device("cpu")).endswith(" 3 luồng")
        raise KeyError
    assert torch.get_num_threads() == before


def test_cores_are_counted_on_a_system_without_affinity(monkeypatch):
    assert timing.cores() >= 1
    monkeypatch.delattr(timing.os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(timing.os, "cpu_count", lambda: None)
    assert timing.cores() == 1
