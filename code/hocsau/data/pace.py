"""Đo thông lượng: mỗi giây bao nhiêu mẫu ra khỏi ống.

Nhà: nm/06.
"""

import time

from torch.utils.data import Dataset


class Slow(Dataset):
    """Bọc một tập dữ liệu, mỗi mẫu chờ thêm ``seconds`` giây.

    Đứng thay cho việc đọc đĩa hay mạng.
    """

    def __init__(self, dataset, seconds: float):
        self.dataset, self.seconds = dataset, seconds

    def __len__(self) -> int:
        return len(self.dataset)

    def __getitem__(self, i):
        time.sleep(self.seconds)
        return self.dataset[i]


def rate(batches, *, repeats: int = 3) -> float:
    """Số mẫu mỗi giây khi duyệt hết ``batches``: lần nhanh nhất.

    Tính cả lúc dựng worker. ``batches``: duyệt được nhiều lần, mỗi
    phần tử là (X, y).
    Lỗi: ``ValueError`` nếu ``repeats`` < 1.
    """
    if repeats < 1:
        raise ValueError(f"rate: repeats = {repeats}, cần ít nhất 1")
    best = 0.0
    for _ in range(repeats):
        start, n = time.perf_counter(), 0
        for _, y in batches:
            n += len(y)
        best = max(best, n / (time.perf_counter() - start))
    return best
