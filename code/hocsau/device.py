"""Chọn thiết bị tính: GPU NVIDIA, GPU Apple hay CPU.

Nhà: nyu/01-3.
"""

import torch


def pick(name: str | None = None) -> torch.device:
    """Trả về thiết bị nhanh nhất máy này có: cuda, rồi mps, rồi cpu.

    ``name``: đòi đúng một thiết bị, ví dụ "cuda" hay "cuda:1".
    Lỗi: ``ValueError`` nếu máy này không có nó.
    """
    count = {
        "cuda": torch.cuda.device_count(),
        "mps": int(torch.backends.mps.is_available()),
        "cpu": 1,
    }
    if name is None:
        return torch.device(next(k for k in count if count[k]))
    kind, _, number = name.partition(":")
    if count.get(kind, 0) <= int(number or 0):
        have = ", ".join(k for k in count if count[k])
        raise ValueError(
            f"pick: máy này không có {name!r}, chỉ có {have}; gọi "
            "pick() để tự chọn, hoặc chạy trên máy có GPU"
        )
    return torch.device(name)
