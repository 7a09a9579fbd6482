"""Chọn thiết bị tính: GPU NVIDIA, GPU Apple hay CPU.

Nhà: nyu/01-3.
"""

import re

import torch


def pick(name: str | None = None) -> torch.device:
    """Thiết bị nhanh nhất của máy, hay đúng ``name`` như "cuda:1".

    Lỗi: ``ValueError`` nếu máy này không có ``name``.
    """
    count = {
        "cuda": torch.cuda.device_count(),
        "mps": int(torch.backends.mps.is_available()),
        "cpu": 1,
    }
    if name is None:
        return torch.device(next(k for k in count if count[k]))
    require(name, count)
    return torch.device(name)


def require(name, count: dict) -> None:
    """Lỗi ``ValueError`` nếu ``count`` không có thiết bị ``name``.

    ``name``: "loại" hay "loại:số", số đếm từ 0.
    """
    found = re.fullmatch(r"([a-z]+)(?::(0|[1-9][0-9]*))?", str(name))
    kind, number = found.groups() if found else ("", None)
    if int(number or 0) >= count.get(kind, 0):
        have = ", ".join(k for k in count if count[k])
        raise ValueError(
            f"pick: máy này không có {str(name)!r}, chỉ có {have}; gọi "
            "pick() để tự chọn, hoặc chạy trên máy có GPU"
        )
