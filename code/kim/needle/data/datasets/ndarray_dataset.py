"""Tập dữ liệu từ các mảng.

Nhà: dlsys/08.
"""

from ..data_basic import Dataset


class NDArrayDataset(Dataset):
    """Mẫu i là bộ các hàng thứ i."""

    def __init__(self, *arrays):
        super().__init__()
        self.arrays = arrays

    def __len__(self):
        return len(self.arrays[0])

    def __getitem__(self, i):
        return tuple(a[i] for a in self.arrays)
