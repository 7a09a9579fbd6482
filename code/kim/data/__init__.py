"""Dữ liệu: tập dữ liệu, biến đổi ảnh, chia batch, bộ đọc MNIST.

Nhà: dlsys/08.
"""

from .dataset import ArrayDataset, Dataset
from .loader import DataLoader
from .mnist import MNIST, read_idx
from .transforms import (
    Compose,
    Normalize,
    RandomCrop,
    RandomHorizontalFlip,
)

__all__ = [
    "MNIST",
    "ArrayDataset",
    "Compose",
    "DataLoader",
    "Dataset",
    "Normalize",
    "RandomCrop",
    "RandomHorizontalFlip",
    "read_idx",
]
