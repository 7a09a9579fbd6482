"""LogSumExp và LogSoftmax với quy ước trục của khóa học.

Nhà: dlsys/08.
"""

from ...ops import logarithmic
from ..op import CoreOp


class LogSumExp(CoreOp):
    """log Σ eᵃ theo các trục, bỏ các trục đó."""

    def __init__(self, axes=None):
        self.axes, self.core = axes, logarithmic.LogSumExp(axes)


class LogSoftmax(CoreOp):
    """a − log Σ eᵃ trên trục 1 của ma trận."""

    core = logarithmic.LogSoftmax(1)


def logsumexp(a, axes=None):
    """log Σ eᵃ, ổn định số."""
    return LogSumExp(axes)(a)


def logsoftmax(a):
    """log softmax theo hàng."""
    return LogSoftmax()(a)


__all__ = ["LogSoftmax", "LogSumExp", "logsoftmax", "logsumexp"]
