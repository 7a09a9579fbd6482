"""Biến đổi ảnh H×W×C, ngẫu nhiên từ ``np.random``.

Nhà: dlsys/08.
"""

import numpy as np

from ...data.transforms import shift


class Transform:
    """Một biến đổi ảnh: gọi như hàm."""

    def __call__(self, x):
        raise NotImplementedError


class RandomFlipHorizontal(Transform):
    """Lật trái phải với xác suất p."""

    def __init__(self, p=0.5):
        self.p = p

    def __call__(self, img):
        return img[:, ::-1] if np.random.rand() < self.p else img


class RandomCrop(Transform):
    """Dời ảnh ngẫu nhiên tối đa ``padding`` điểm, đệm số 0."""

    def __init__(self, padding=3):
        self.padding = padding

    def __call__(self, img):
        p = self.padding
        shift_x, shift_y = np.random.randint(-p, p + 1, size=2)
        moved = shift(np.moveaxis(img, -1, 0), shift_x, shift_y)
        return np.moveaxis(moved, 0, -1)
