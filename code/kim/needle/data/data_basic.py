"""Dataset có transforms và DataLoader theo giao thức iterator.

Nhà: dlsys/08.
"""

import numpy as np

from ..autograd import Tensor


class Dataset:
    """Lớp cha: viết ``__getitem__`` và ``__len__``."""

    def __init__(self, transforms=None):
        self.transforms = transforms

    def __getitem__(self, index):
        raise NotImplementedError

    def __len__(self):
        raise NotImplementedError

    def apply_transforms(self, x):
        """Áp dụng lần lượt các biến đổi cho một mẫu."""
        for transform in self.transforms or ():
            x = transform(x)
        return x


class DataLoader:
    """Duyệt theo batch; mỗi batch là một bộ Tensor.

    ``shuffle=True`` gọi ``np.random.permutation`` một lần mỗi vòng.
    """

    def __init__(self, dataset, batch_size=1, shuffle=False):
        self.dataset, self.batch_size = dataset, batch_size
        self.shuffle, self.ordering = shuffle, self.split(len(dataset))

    def split(self, order):
        """Cắt thứ tự (hay 0..n−1) thành các nhóm batch_size."""
        order = np.arange(order) if isinstance(order, int) else order
        cuts = range(self.batch_size, len(order), self.batch_size)
        return np.array_split(order, cuts)

    def __iter__(self):
        if self.shuffle:
            n = len(self.dataset)
            self.ordering = self.split(np.random.permutation(n))
        self.position = 0
        return self

    def __next__(self):
        if self.position == len(self.ordering):
            raise StopIteration
        ids = self.ordering[self.position]
        self.position += 1
        columns = zip(*[self.dataset[int(i)] for i in ids], strict=True)
        return tuple(
            Tensor(np.stack(c), requires_grad=False) for c in columns
        )

    def __len__(self):
        return len(self.ordering)
