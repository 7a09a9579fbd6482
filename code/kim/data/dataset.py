"""Tập dữ liệu: thứ có độ dài và lấy được mẫu thứ i.

Nhà: dlsys/08.
"""

import numpy as np


class Dataset:
    """Lớp cha: viết ``__len__`` và ``__getitem__`` (một bộ mảng).

    Nguồn: ``torch.utils.data.Dataset``.
    """

    def __len__(self):
        """Số mẫu."""
        raise NotImplementedError

    def __getitem__(self, i):
        """Mẫu thứ i: một bộ, ví dụ (ảnh, nhãn)."""
        raise NotImplementedError

    def batch(self, ids):
        """Các mẫu ``ids`` xếp chồng: mỗi thành phần thành (n, ...)."""
        samples = [self[int(i)] for i in ids]
        columns = zip(*samples, strict=True)
        return tuple(np.stack(column) for column in columns)


class ArrayDataset(Dataset):
    """Các mảng cùng độ dài; mẫu i là bộ các hàng thứ i.

    Lỗi: ``ValueError`` nếu độ dài khác nhau.
    Nguồn: ``torch.utils.data.TensorDataset``.
    """

    def __init__(self, *arrays):
        self.arrays = tuple(np.asarray(a) for a in arrays)
        if len({len(a) for a in self.arrays}) != 1:
            lengths = [len(a) for a in self.arrays]
            raise ValueError(f"ArrayDataset: các độ dài {lengths}")

    def __len__(self):
        return len(self.arrays[0])

    def __getitem__(self, i):
        return tuple(a[i] for a in self.arrays)

    def batch(self, ids):
        return self[ids]  # NumPy lấy cả nhóm hàng một lần
