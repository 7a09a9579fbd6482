"""Chia tập dữ liệu thành batch.

Nhà: dlsys/08.
"""

import numpy as np

from ..tensor import from_numpy


class DataLoader:
    """Duyệt tập dữ liệu theo batch; mỗi batch là một bộ Tensor.

    ``shuffle=True`` xáo lại ở đầu mỗi vòng bằng ``rng``. Batch cuối có
    thể nhỏ hơn, trừ khi ``drop_last=True``.
    Lỗi: ``ValueError`` nếu batch_size < 1.
    Nguồn: ``torch.utils.data.DataLoader``.
    """

    def __init__(
        self, dataset, batch_size=1, shuffle=False, *,
        drop_last=False, rng=None,
    ):
        if batch_size < 1:
            raise ValueError(f"DataLoader: batch_size {batch_size} < 1")
        self.dataset, self.batch_size = dataset, batch_size
        self.shuffle, self.drop_last = shuffle, drop_last
        self.rng = rng or np.random.default_rng()

    def __len__(self):
        full, rest = divmod(len(self.dataset), self.batch_size)
        return full + (rest > 0 and not self.drop_last)

    def __iter__(self):
        n = len(self.dataset)
        order = np.arange(n)
        if self.shuffle:
            order = self.rng.permutation(n)
        for i in range(len(self)):
            ids = order[i * self.batch_size : (i + 1) * self.batch_size]
            yield tuple(from_numpy(a) for a in self.dataset.batch(ids))
