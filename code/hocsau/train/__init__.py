"""Vòng lặp huấn luyện chung của sách: một vòng lặp, mọi mô hình.

``fit`` chạy năm bước của mỗi batch và ghi lại từng epoch; những gì thêm
vào (dừng sớm, lưu lại, lịch tốc độ học, …) là callback.
Nhà: nyu/02-3.
"""

from hocsau.metrics import accuracy

from .callbacks import (
    Callback,
    ClipGradients,
    EarlyStopping,
    Progress,
    Schedule,
)
from .checkpoint import Checkpoint
from .history import History
from .loop import Run, evaluate, fit

__all__ = [
    "Callback",
    "Checkpoint",
    "ClipGradients",
    "EarlyStopping",
    "History",
    "Progress",
    "Run",
    "Schedule",
    "accuracy",
    "evaluate",
    "fit",
]
