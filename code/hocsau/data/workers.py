"""Ngẫu nhiên trong tiến trình phụ của ``DataLoader``.

Nhà: nm/06.
"""

import torch
from torch.utils.data import Dataset, get_worker_info


class Rolls(Dataset):
    """Mẫu thứ i là (i, một số gieo từ 0 tới 99 bằng ``rng`` riêng).

    Đứng thay cho mọi tập dữ liệu tăng cường ngẫu nhiên.
    """

    def __init__(self, n: int, *, rng):
        self.n, self.rng = n, rng

    def __len__(self) -> int:
        return self.n

    def __getitem__(self, i):
        return i, int(torch.randint(100, (), generator=self.rng))


def reseed(worker_id: int) -> None:
    """Cho ``dataset.rng`` của mỗi worker một seed riêng, mới mỗi epoch.

    Dùng làm ``worker_init_fn``; seed là ``base_seed + worker_id`` mà
    ``DataLoader`` đã phát, nên lặp lại được khi nó có ``generator``.
    """
    info = get_worker_info()
    info.dataset.rng.manual_seed(info.seed)
