"""Độ đo chất lượng: phân loại, xếp hạng, hiệu chuẩn.

Nhà: nyu/02-3.
"""

from .calibration import calibration_error, reliability
from .classification import (
    accuracy,
    confusion_matrix,
    f1,
    precision,
    recall,
)
from .ranking import auc, roc_curve

__all__ = [
    "accuracy",
    "auc",
    "calibration_error",
    "confusion_matrix",
    "f1",
    "precision",
    "recall",
    "reliability",
    "roc_curve",
]
