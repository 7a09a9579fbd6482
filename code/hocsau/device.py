"""Chọn thiết bị tính: GPU NVIDIA, GPU Apple hay CPU.

Nhà: nyu/01-3.
"""

import torch


def pick() -> torch.device:
    """Trả về thiết bị nhanh nhất máy này có: cuda, rồi mps, rồi cpu."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")
