"""The machine that records: is there CUDA, and what exactly is it.

Asked in a process of its own, so that the workshop itself never imports torch.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ..errors import BookError
from ..layout import Book
from .reading import test_allowed

PROBE = """\
import json, platform
found = {"python": platform.python_version()}
try:
    import torch
    found["torch"] = torch.__version__
    found["cuda"] = torch.version.cuda or ""
    found["hip"] = getattr(torch.version, "hip", None) or ""
    if torch.cuda.is_available():
        found["name"] = torch.cuda.get_device_name(0)
except Exception as exc:
    if type(exc) is not ModuleNotFoundError or exc.name != "torch":
        found["error"] = f"{type(exc).__name__}: {exc}"
print("\\n" + json.dumps(found))
"""
TEST = "test"
PROBE_SECONDS = 120


@dataclass(frozen=True)
class Machine:
    """What the provenance says of where a recording was made."""

    device: dict
    versions: dict

    @property
    def test(self) -> bool:
        return self.device["test"]


def find(wanted: str, book: Book) -> Machine:
    """The device that was asked for; a ``BookError`` says why it cannot be used."""
    if wanted == TEST:
        return stand_in(book)
    select(wanted)
    found = probe()
    if problem := unfit(found):
        raise refuse(problem)
    device = {"name": found["name"], "driver": driver(), "cuda": found["cuda"],
              "test": False}  # fmt: skip
    return Machine(device, {"python": found["python"], "torch": found["torch"]})


def probe() -> dict:
    """What torch says of this machine."""
    command = [sys.executable, "-c", PROBE]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PROBE_SECONDS
        )
        return json.loads(done.stdout.splitlines()[-1])
    except subprocess.TimeoutExpired:
        return {"error": f"quá {PROBE_SECONDS} giây chưa xong"}
    except (ValueError, IndexError):
        return {"error": done.stderr.strip()[-300:] or f"mã thoát {done.returncode}"}


def unfit(found: dict) -> str:
    """Why nothing can be recorded here, or ''."""
    if "error" in found:
        return f"torch hỏng, hỏi nó không được: {found['error'][-300:]}"
    if "torch" not in found:
        return "máy này không có torch (CUDA)"
    if found["hip"]:
        return "torch này là bản ROCm cho GPU AMD; bản ghi chỉ nhận GPU NVIDIA (CUDA)"
    if not found["cuda"]:
        return "torch này là bản CPU; cài bản CUDA"
    if "name" not in found:
        return (f"torch bản CUDA {found['cuda']} không thấy GPU NVIDIA nào: xem driver "
                "(nvidia-smi) và biến CUDA_VISIBLE_DEVICES")  # fmt: skip
    return ""


def refuse(what: str) -> BookError:
    """Never an output that was not computed on a GPU."""
    return BookError(
        "record", 1, "R-CUDA", what,
        "chạy lệnh này trên máy có GPU và torch bản CUDA; ô gpu không bao giờ được ghi "
        "từ CPU",
    )  # fmt: skip


def stand_in(book: Book) -> Machine:
    """The device of the workshop's own tests, whose recordings say what they are."""
    if not test_allowed(book):
        raise refuse("thiết bị thử chỉ dùng cho sách nhỏ của các phép thử")
    import platform

    device = {"name": "thiết bị thử", "driver": "-", "cuda": "-", "test": True}
    return Machine(device, {"python": platform.python_version(), "torch": "-"})


def select(wanted: str) -> None:
    """``cuda:1``: kernels see only that GPU (of those this process may see)."""
    match = re.fullmatch(r"cuda(?::(\d+))?", wanted)
    if not match:
        raise refuse(f"không hiểu thiết bị {wanted!r}: viết cuda hoặc cuda:1")
    if match[1] is None:
        return
    seen = [v for v in os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",") if v]
    number = int(match[1])
    if seen and number >= len(seen):
        raise refuse(f"không có {wanted}: tiến trình này chỉ thấy {len(seen)} GPU")
    os.environ["CUDA_VISIBLE_DEVICES"] = seen[number] if seen else match[1]


def driver() -> str:
    """Version of the NVIDIA driver; '?' where nobody tells."""
    try:
        command = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
        if done.returncode == 0 and done.stdout.strip():
            return done.stdout.split()[0]
    except (OSError, subprocess.TimeoutExpired):
        pass
    try:
        text = Path("/proc/driver/nvidia/version").read_text()
    except OSError:
        return "?"
    match = re.search(r"Kernel Module\D*([\d.]+)", text)
    return match[1] if match else "?"
