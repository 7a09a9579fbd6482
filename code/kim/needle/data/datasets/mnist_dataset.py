"""MNIST từ hai tệp IDX nén gzip.

Nhà: dlsys/08.
"""

import numpy as np

from ...apps.hw0 import parse_mnist
from ..data_basic import Dataset


class MNISTDataset(Dataset):
    """Mẫu là (ảnh 28×28×1 đã qua transforms, nhãn); nhận cả lát cắt."""

    def __init__(self, image_filename, label_filename, transforms=None):
        super().__init__(transforms)
        self.images, self.labels = parse_mnist(
            image_filename, label_filename
        )

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        images = self.images[index].reshape(-1, 28, 28, 1)
        images = np.stack([self.apply_transforms(x) for x in images])
        single = np.ndim(self.labels[index]) == 0
        return images[0] if single else images, self.labels[index]
