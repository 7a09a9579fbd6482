"""Các tầng của mạng nơ-ron, tên và nghĩa như ``torch.nn``.

Nhà: dlsys/08.
"""

from .basic import Flatten, Linear, ReLU, Residual, Sequential
from .dropout import Dropout
from .loss import SoftmaxLoss
from .module import Module, Parameter
from .norm import BatchNorm1d, LayerNorm1d

__all__ = [
    "BatchNorm1d",
    "Dropout",
    "Flatten",
    "LayerNorm1d",
    "Linear",
    "Module",
    "Parameter",
    "ReLU",
    "Residual",
    "Sequential",
    "SoftmaxLoss",
]
