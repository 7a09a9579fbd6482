"""The way to a real GPU, walked with a torch that says it has one."""

from __future__ import annotations

import json

import pytest

from hocsau_build.__main__ import main
from hocsau_build.errors import BookError
from hocsau_build.recording import machine

TORCH = """\
import os

__version__ = "2.13.0+cu128"


class version:
    cuda = "12.8"


class cuda:
    peak = 7

    def is_available():
        return True

    def get_device_name(number):
        return "Giả " + os.environ.get("CUDA_VISIBLE_DEVICES", "tất cả")

    def synchronize():
        pass

    def reset_peak_memory_stats():
        cuda.peak = 0

    def max_memory_allocated():
        return cuda.peak * 2**20
"""


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


@pytest.fixture
def book(mini, tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("site")
    (folder / "torch.py").write_text(TORCH, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=":")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "3,5")
    return mini


def recorded(mini):
    return json.loads((mini.root / "book/_recordings/p.json").read_text("utf-8"))


def test_the_chosen_gpu_is_used_and_measured(book):
    first = cell("import torch\ntorch.cuda.peak = 900")
    book.page("p", first, cell("torch.cuda.peak = 512\nprint('xong')", "tags: [gpu]"))
    assert main(["record", "--device", "cuda:1"]) == 0
    found = recorded(book)
    assert found["device"]["name"] == "Giả 5" and found["device"]["cuda"] == "12.8"
    assert found["device"]["test"] is False
    assert found["versions"]["torch"] == "2.13.0+cu128"
    (one,) = found["cells"]
    assert one["peak_mb"] == 512, "the peak of this cell, not of those before"
    assert one["outputs"][0]["text"] == ["xong\n"]


def test_a_gpu_that_is_not_there_is_refused(book):
    with pytest.raises(BookError, match="chỉ thấy 2 GPU"):
        machine.find("cuda:2", book.book)


def test_the_driver_is_asked_where_it_can_be(monkeypatch, tmp_path):
    tool = tmp_path / "nvidia-smi"
    tool.write_text("#!/bin/sh\necho 570.86.15\necho 570.86.15\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert machine.driver() == "570.86.15"
