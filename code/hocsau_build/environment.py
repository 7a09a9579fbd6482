"""Create or refresh the environment in which the book is built and tested.

Run by any Python 3.11+, before anything is installed (standard library only):

    python3 code/hocsau_build/environment.py [.venv]

The plain name ``torch`` brings gigabytes of CUDA on Linux, so the CPU build is asked
for first: from the machine's own sources, then from PyTorch's CPU index
(``HOCSAU_TORCH_INDEX`` names another one). A torch that is already there, CUDA or not,
is left alone.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CPU_INDEX = "https://download.pytorch.org/whl/cpu"


def main(folder: str = ".venv") -> int:
    """Make the environment current; does nothing when it already is."""
    if sys.version_info < (3, 11):  # noqa: UP036 (any Python may run this file)
        print("Cần Python 3.11 trở lên; đang chạy", sys.version.split()[0])
        return 1
    home = ROOT / folder
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp, wanted = home / "hocsau-stamp", digest()
    if stamp.exists() and stamp.read_text() == wanted:
        return 0
    print(f"Chuẩn bị môi trường {home} (lần đầu mất vài phút)…", flush=True)
    if not python.exists():
        venv.create(home, with_pip=True)
    pins = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    torch = next(line for line in pins if line.startswith("torch=="))
    install_torch(python, torch)
    rest = home / "requirements-rest.txt"
    rest.write_text("\n".join(p for p in pins if p != torch) + "\n", "utf-8")
    pip(python, "-r", str(rest))
    pip(python, "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp.write_text(wanted)
    return 0


def digest() -> str:
    """Changes when the pins or the packaging change."""
    files = ("requirements.txt", "pyproject.toml")
    return hashlib.sha256(b"".join((ROOT / f).read_bytes() for f in files)).hexdigest()


def install_torch(python: Path, pin: str) -> None:
    """CPU build of the pinned torch, unless some torch is there already."""
    if run([python, "-c", "import torch"], quiet=True) == 0:
        return
    index = os.environ.get("HOCSAU_TORCH_INDEX", CPU_INDEX)
    tries = [[f"{pin}+cpu"], [pin, "--index-url", index], [pin]]
    for args in tries if not has_cuda() else [[pin]]:
        print("  torch:", " ".join(args), flush=True)
        if run([python, "-m", "pip", "install", "-q", *args], quiet=True) == 0:
            return
    raise SystemExit(
        f"Không cài được {pin}. Kiểm tra mạng, hoặc đặt HOCSAU_TORCH_INDEX trỏ tới "
        "một kho có bản CPU, rồi chạy lại."
    )


def has_cuda() -> bool:
    """Whether this machine has an NVIDIA driver."""
    return Path("/proc/driver/nvidia/version").exists()


def pip(python: Path, *args: str) -> None:
    """``pip install``; its own message is the best explanation of a failure."""
    if run([python, "-m", "pip", "install", "-q", *args]) != 0:
        raise SystemExit("pip không cài được; xem thông báo ngay phía trên.")


def run(command: list, quiet: bool = False) -> int:
    """Exit code of a command, with its output unless quiet."""
    sink = subprocess.DEVNULL if quiet else None
    env = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.call([str(c) for c in command], stdout=sink, stderr=sink, env=env)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
