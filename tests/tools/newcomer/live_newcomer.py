"""Phép trượt của một bộ lọc.

Nhà: nyu/04-1.
"""

import numpy as np


def slide(x, kernel):
    """Tích vô hướng của bộ lọc với từng đoạn liền nhau của ``x``."""
    width = len(kernel)
    steps = range(len(x) - width + 1)
    return np.array([x[i : i + width] @ kernel for i in steps])
