"""Bộ ảnh thật của bài lab, đã chuyển từ HDF5 sang hai tệp .npy.

Sách không kèm h5py. Trên máy có nó, đọc ``images`` và ``labels`` của
``train_face.h5``, rồi ``numpy.save`` chúng thành ``images.npy`` và
``labels.npy``.
Nhà: mit/lab2-2.
"""

from pathlib import Path

import numpy as np
import torch


def load(folder, *, limit: int | None = None):
    """Mặt và hình khác, mỗi bên (n, 3, 64, 64) float32 trong [0, 1].

    ``images.npy``: (n, 64, 64, 3) uint8, thứ tự kênh lam, lục, đỏ như
    trong tệp gốc; ``labels.npy``: (n,) hay (n, 1), 1 là mặt. ``limit``:
    số ảnh tối đa mỗi bên. Ảnh được ánh xạ từ đĩa, chỉ phần dùng tới
    mới vào bộ nhớ.
    Lỗi: ``FileNotFoundError`` nêu tệp thiếu; ``ValueError`` nếu sai
    kích thước hay kiểu.
    """
    folder = Path(folder)
    paths = [folder / "images.npy", folder / "labels.npy"]
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(
                f"thiếu {path}: trên máy có h5py, đọc train_face.h5 và "
                f"numpy.save phần {path.stem!r} của nó vào đúng chỗ này"
            )
    images, labels = (np.load(p, mmap_mode="r") for p in paths)
    labels = np.asarray(labels).ravel()
    if images.shape[1:] != (64, 64, 3) or images.dtype != np.uint8:
        raise ValueError(
            f"images.npy: {images.shape} {images.dtype}; "
            "cần (n, 64, 64, 3) uint8"
        )
    if len(images) != len(labels):
        raise ValueError(
            f"có {len(images)} ảnh nhưng {len(labels)} nhãn; hai tệp "
            "phải đi từ cùng một train_face.h5"
        )
    return tuple(
        as_tensor(images[np.flatnonzero(labels == value)[:limit]])
        for value in (1, 0)
    )


def as_tensor(images):
    """(n, 64, 64, 3) BGR uint8 thành (n, 3, 64, 64) RGB, 0 tới 1."""
    rgb = np.ascontiguousarray(images[..., ::-1])
    return torch.from_numpy(rgb).permute(0, 3, 1, 2).float() / 255
