"""Dữ liệu của khóa học.

Nhà: dlsys/08.
"""

from .data_basic import DataLoader, Dataset
from .data_transforms import RandomCrop, RandomFlipHorizontal, Transform
from .datasets import MNISTDataset, NDArrayDataset

__all__ = [
    "DataLoader",
    "Dataset",
    "MNISTDataset",
    "NDArrayDataset",
    "RandomCrop",
    "RandomFlipHorizontal",
    "Transform",
]
