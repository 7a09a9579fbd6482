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
from .intervals import bootstrap, mcnemar, wald, wilson
from .ranking import auc, roc_curve
from .temperature import fit_temperature
from .thresholds import at_threshold, precision_recall, rare_precision

__all__ = [
    "accuracy",
    "at_threshold",
    "auc",
    "bootstrap",
    "calibration_error",
    "confusion_matrix",
    "f1",
    "fit_temperature",
    "mcnemar",
    "precision",
    "precision_recall",
    "rare_precision",
    "recall",
    "reliability",
    "roc_curve",
    "wald",
    "wilson",
]
