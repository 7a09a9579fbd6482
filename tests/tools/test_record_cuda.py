"""The way to a real GPU, walked with a torch that says it has one."""

from __future__ import annotations

import json
import os
from pathlib import Path

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
        for fault in filter(callable, [cuda.fault]):
            fault()

    fault = None

    def reset_peak_memory_stats():
        cuda.peak = 0

    def max_memory_allocated():
        return cuda.peak * 2**20
"""


GPU = "tags: [gpu]"


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


def torch(book, text):
    """Another torch in place of the stand-in."""
    folder = Path(os.environ["PYTHONPATH"].split(":")[0])
    (folder / "torch.py").write_text(text, "utf-8")


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


FAULTS = {
    "E-RUN": "def fault():\n    raise RuntimeError('CUDA error: device-side assert')",
    "E-KERNEL": "import os\nfault = lambda: os._exit(9)",
    "E-TIME": "import time\nfault = lambda: time.sleep(60)",
}


@pytest.mark.parametrize("rule", FAULTS)
def test_a_late_fault_of_the_gpu_is_the_cell_s_and_the_next_page_goes_on(
    book, capsys, monkeypatch, rule
):
    if rule == "E-TIME":
        monkeypatch.setenv("HOCSAU_RECORD_SECONDS", "4")
    first = cell("import torch")
    book.page("p", first, cell(f"{FAULTS[rule]}\ntorch.cuda.fault = fault", GPU))
    book.page("q", first, cell("print('xong')", GPU))
    assert main(["record", "--keep-going"]) == 1
    said = capsys.readouterr()
    assert f"  {rule}  ô mã thứ 2" in said.err and said.err.startswith("book/p.md:")
    assert "Traceback" not in said.err and "tổng thời gian" in said.out
    folder = book.root / "book/_recordings"
    assert [p.name for p in folder.glob("*.json")] == ["q.json"]


def test_a_kernel_that_dies_after_its_last_cell_is_named(book, capsys):
    code = "import os, threading\nthreading.Timer(0.3, os._exit, [9]).start()"
    book.page("p", cell("1"), cell(code, "tags: [gpu]"))
    torch(book, TORCH.replace("return cuda.peak * 2**20", "import time; time.sleep(2)"))
    assert main(["record"]) == 1
    assert "E-KERNEL" in capsys.readouterr().err


CPU_ONLY = TORCH.replace('cuda = "12.8"', "cuda = None")
NO_GPU = TORCH.replace("return True", "return False")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("raise ImportError('libcudnn.so.9: not found')", "torch hỏng.*libcudnn"),
        ("import missing_part", "torch hỏng.*missing_part"),
        ("import os\nos._exit(3)", "torch hỏng.*mã thoát 3"),
        ("import time\ntime.sleep(60)", "torch hỏng.*quá 1 giây"),
        (CPU_ONLY.replace("return True", "return False"), "bản CPU"),
        (CPU_ONLY.replace("cuda = None", "cuda, hip = None, '6.2'"), "ROCm"),
        (NO_GPU, "CUDA 12.8 không thấy GPU"),
        ("print('lời chào')\n" + NO_GPU, "CUDA 12.8 không thấy GPU"),
    ],
)
def test_each_machine_that_cannot_record_is_told_why(book, monkeypatch, text, why):
    torch(book, text)
    if "sleep" in text:
        monkeypatch.setattr(machine, "PROBE_SECONDS", 1)
    with pytest.raises(BookError, match=why):
        machine.find("cuda", book.book)


def test_a_machine_without_torch_is_told_so():
    assert "không có torch" in machine.unfit({"python": "3.11"})
