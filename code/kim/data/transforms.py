"""Biến đổi ảnh: nhận một mảng (..., H, W), trả mảng cùng shape.

Nhà: dlsys/08.
"""

import numpy as np


class Compose:
    """Nối tiếp các biến đổi.

    Nguồn: ``torchvision.transforms.Compose``.
    """

    def __init__(self, transforms):
        self.transforms = list(transforms)

    def __call__(self, img):
        for transform in self.transforms:
            img = transform(img)
        return img


class Normalize:
    """(ảnh − mean) / std; mean, std là số hoặc mảng broadcasting được.

    Nguồn: ``torchvision.transforms.Normalize``.
    """

    def __init__(self, mean, std):
        self.mean, self.std = mean, std

    def __call__(self, img):
        return (img - self.mean) / self.std


class RandomHorizontalFlip:
    """Lật trái phải với xác suất p.

    Nguồn: ``torchvision.transforms.RandomHorizontalFlip``.
    """

    def __init__(self, p=0.5, *, rng=None):
        self.p, self.rng = p, rng or np.random.default_rng()

    def __call__(self, img):
        return img[..., ::-1] if self.rng.random() < self.p else img


class RandomCrop:
    """Đệm số 0 quanh ảnh rồi cắt ngẫu nhiên về kích thước cũ.

    Nguồn: ``torchvision.transforms.RandomCrop``.
    """

    def __init__(self, padding=3, *, rng=None):
        self.padding, self.rng = padding, rng or np.random.default_rng()

    def __call__(self, img):
        dy, dx = self.rng.integers(-self.padding, self.padding + 1, 2)
        return shift(img, dy, dx)


def shift(img, dy, dx):
    """Cửa sổ cắt dời đi (dy, dx) điểm ảnh, chỗ ngoài ảnh là 0.

    Shape: (..., H, W) → (..., H, W); y[i, j] = x[i + dy, j + dx].
    """
    (h, w), p = img.shape[-2:], max(abs(dy), abs(dx))
    pad = [(0, 0)] * (img.ndim - 2) + [(p, p), (p, p)]
    padded = np.pad(img, pad)
    return padded[..., p + dy : p + dy + h, p + dx : p + dx + w]
