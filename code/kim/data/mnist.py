"""Đọc MNIST ở đúng định dạng IDX mà nó được phát hành.

Tệp IDX: hai byte 0, một byte kiểu phần tử, một byte số chiều, rồi mỗi
chiều bốn byte, rồi dữ liệu; mọi số đều big-endian. Nguồn: trang MNIST
của LeCun, Cortes và Burges.

Nhà: dlsys/08.
"""

import gzip
from math import prod
from pathlib import Path

import numpy as np

from .dataset import Dataset

IDX_TYPES = {
    0x08: ">u1", 0x09: ">i1", 0x0B: ">i2",
    0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8",
}


def read_idx(path):
    """Mảng trong một tệp IDX, nén gzip hay không đều được.

    Lỗi: ``ValueError`` nếu không phải IDX, hoặc độ dài không khớp đầu
    tệp; ``FileNotFoundError`` nếu không có tệp.
    """
    raw = Path(path).read_bytes()
    if raw[:2] == b"\x1f\x8b":  # chữ ký gzip
        raw = gzip.decompress(raw)
    if len(raw) < 4 or raw[:2] != b"\0\0" or raw[2] not in IDX_TYPES:
        raise ValueError(f"read_idx: {path}: không phải tệp IDX")
    start = 4 + 4 * raw[3]
    shape = tuple(map(int, np.frombuffer(raw[4:start], ">u4")))
    dtype = np.dtype(IDX_TYPES[raw[2]])
    if len(raw) != start + prod(shape) * dtype.itemsize:
        raise ValueError(
            f"read_idx: {path}: đầu tệp ghi {shape}, dữ liệu có "
            f"{len(raw) - start} byte"
        )
    array = np.frombuffer(raw, dtype, offset=start).reshape(shape)
    return array.astype(dtype.newbyteorder("="))


class MNIST(Dataset):
    """Chữ số viết tay: mẫu là (ảnh float32 trong [0, 1], nhãn 0..9).

    ``folder`` chứa bốn tệp tên gốc, như ``train-images-idx3-ubyte`` có
    hoặc không có đuôi ``.gz``. ``transform`` áp dụng cho từng ảnh.

    Shape: ảnh (28, 28). Lỗi: ``FileNotFoundError`` kể tệp thiếu,
    ``ValueError`` nếu số ảnh khác số nhãn.
    """

    def __init__(self, folder, train=True, transform=None):
        prefix = "train" if train else "t10k"
        images = read_idx(find(folder, f"{prefix}-images-idx3-ubyte"))
        labels = read_idx(find(folder, f"{prefix}-labels-idx1-ubyte"))
        self.labels = labels
        self.images = images.astype(np.float32) / 255
        self.transform = transform
        if len(self.images) != len(self.labels):
            raise ValueError(
                f"MNIST: {len(self.images)} ảnh nhưng "
                f"{len(self.labels)} nhãn"
            )

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        img = self.images[i]
        if self.transform:
            img = self.transform(img)
        return img, self.labels[i]

    def batch(self, ids):
        if self.transform:
            return super().batch(ids)
        return self.images[ids], self.labels[ids]


def find(folder, name):
    """Đường dẫn của tệp ``name`` hoặc ``name.gz`` trong thư mục."""
    for path in (Path(folder) / name, Path(folder) / f"{name}.gz"):
        if path.exists():
            return path
    raise FileNotFoundError(
        f"MNIST: không thấy {name}[.gz] trong {folder}; "
        "hãy chép tệp vào đó"
    )
