"""Các tập dữ liệu của khóa học.

Nhà: dlsys/08.
"""

from .mnist_dataset import MNISTDataset
from .ndarray_dataset import NDArrayDataset

__all__ = ["MNISTDataset", "NDArrayDataset"]
