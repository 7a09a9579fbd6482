"""Đo thời gian một tầng trên CPU hay GPU cho đúng cách.

GPU nhận lệnh rồi trả lời ngay khi chưa tính xong, nên phải đợi nó
([wait]) trước khi bấm đồng hồ. So CPU với GPU thì cho CPU dùng mọi lõi
([all_cores]).
Nhà: mit/lab1-1.
"""

import contextlib
import os
import platform
import statistics
import time

import torch


def wait(device: torch.device) -> None:
    """Đợi thiết bị làm xong mọi lệnh đã gửi; CPU thì không phải đợi."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()


def label(device: torch.device) -> str:
    """Tên của thiết bị để ghi lên hình; CPU kèm số luồng đang dùng."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    if device.type == "mps":
        return f"GPU Apple {platform.machine()}"
    return f"CPU {platform.machine()}, {torch.get_num_threads()} luồng"


def cores() -> int:
    """Số lõi CPU mà tiến trình này được dùng."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def all_cores():
    """Trong khối ``with``, PyTorch dùng mọi lõi CPU; xong thì trả lại."""
    before = torch.get_num_threads()
    torch.set_num_threads(cores())
    try:
        yield
    finally:
        torch.set_num_threads(before)


def seconds(layer, X, *, repeats: int = 20, warmup: int = 3) -> float:
    """Trung vị thời gian (giây) một lượt xuôi và ngược của ``layer``.

    Chạy thử ``warmup`` lần rồi mới đo ``repeats`` lần; ``.grad`` được
    xóa sau mỗi lần. ``X`` phải ở cùng thiết bị với ``layer``.
    Lỗi: ``ValueError`` nếu ``repeats`` nhỏ hơn 1.
    """
    if repeats < 1:
        raise ValueError(f"seconds: repeats = {repeats}, cần ít nhất 1")
    taken = []
    for _ in range(warmup + repeats):
        wait(X.device)
        start = time.perf_counter()
        layer(X).sum().backward()
        wait(X.device)
        taken.append(time.perf_counter() - start)
        layer.zero_grad()
    return statistics.median(taken[warmup:])


def scan(make_layer, sizes, batch_size: int, device, **options) -> list:
    """Thời gian của tầng d → d với mỗi d trong ``sizes`` trên ``device``.

    ``make_layer(d, d)`` dựng tầng trên CPU; ``options`` chuyển cho
    [seconds].
    """
    out = []
    for d in sizes:
        layer = make_layer(d, d).to(device)
        X = torch.ones(batch_size, d, device=device)
        out.append(seconds(layer, X, **options))
    return out
