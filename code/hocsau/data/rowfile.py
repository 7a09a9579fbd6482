"""Tệp các hàng dài bằng nhau: tra theo chỉ số hay đọc thành dòng.

Mỗi hàng gồm d đặc trưng rồi tới nhãn, cùng một kiểu số.
Nhà: nm/06.
"""

from pathlib import Path

import numpy as np
import torch
from torch.utils.data import Dataset, IterableDataset, get_worker_info

from hocsau.data.mixing import shuffle_buffer


def write(path, blocks, dtype=np.uint8) -> None:
    """Ghi lần lượt các khối (m, d + 1) vào ``path``, không gom lại."""
    with open(path, "wb") as file:
        for block in blocks:
            file.write(np.ascontiguousarray(block, dtype).tobytes())


def view(path, width: int, dtype=np.uint8):
    """Mở tệp thành mảng (n, width) nằm trên đĩa, chỉ đọc.

    Chưa đọc byte nào: hệ điều hành nạp trang khi có người hỏi tới.
    Lỗi: ``ValueError`` nếu độ dài tệp không chia hết cho một hàng.
    """
    size = Path(path).stat().st_size
    row = width * np.dtype(dtype).itemsize
    if not size or size % row:
        raise ValueError(
            f"view: tệp {size} byte không gồm các hàng {row} byte; "
            "kiểm tra width và dtype"
        )
    return np.memmap(path, dtype, "r", shape=(size // row, width))


def pair(row):
    """Một hàng (d + 1,) thành (đặc trưng float32, nhãn int64)."""
    x = torch.from_numpy(np.array(row[:-1], np.float32))
    return x, int(row[-1])


class RowFile(Dataset):
    """Tra cứu: mẫu thứ i là hàng i của tệp, đọc lúc được hỏi.

    Gửi sang tiến trình khác thì chỉ gửi địa chỉ tệp, không gửi dữ liệu.
    """

    def __init__(self, path, width: int, dtype=np.uint8):
        self.source = path, width, dtype
        self.rows = view(*self.source)

    def __getstate__(self):
        return {"source": self.source}

    def __setstate__(self, state):
        self.__init__(*state["source"])

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, i):
        return pair(self.rows[i])


class RowStream(IterableDataset):
    """Dòng chảy: đọc tệp từ đầu tới cuối, xáo trong một bộ đệm.

    Có nhiều worker thì worker thứ k đọc các hàng k, k + W, k + 2W, …
    ``buffer=1``: giữ nguyên thứ tự trong tệp.
    """

    def __init__(self, path, width, *, buffer=1, rng=None):
        self.path, self.width = path, width
        self.buffer, self.rng = buffer, rng

    def __iter__(self):
        info = get_worker_info()
        first, step = (info.id, info.num_workers) if info else (0, 1)
        rows = view(self.path, self.width)
        mine = (pair(rows[i]) for i in range(first, len(rows), step))
        return shuffle_buffer(mine, self.buffer, rng=self.rng)
