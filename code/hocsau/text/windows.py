"""Cửa sổ vào và đích lệch một bước, cắt ở chỗ ngẫu nhiên.

Nhà: mit/lab1-2.
"""

import torch


def window_batch(ids, *, seq_length: int, batch_size: int, rng):
    """``batch_size`` cửa sổ dài ``seq_length`` từ dải ``ids`` (n,).

    Trả về x, y cùng (batch_size, seq_length); y[:, t] là ký tự đứng
    ngay sau x[:, t]. ``rng``: ``torch.Generator``.
    Lỗi: ``ValueError`` nếu dải ngắn hơn seq_length + 1.
    """
    last = len(ids) - seq_length - 1  # chỗ bắt đầu muộn nhất
    if last < 0:
        raise ValueError(
            f"window_batch: dải có {len(ids)} ký tự, cần ít nhất "
            f"{seq_length + 1}; giảm seq_length"
        )
    start = torch.randint(0, last + 1, (batch_size, 1), generator=rng)
    window = ids[start + torch.arange(seq_length + 1)]
    return window[:, :-1], window[:, 1:]


class WindowBatches:
    """``num_steps`` batch cửa sổ: một epoch cho ``hocsau.train.fit``.

    ``y`` được xếp (batch, ký tự) như ``x``; mất mát phải tự dàn phẳng.
    """

    def __init__(self, ids, *, seq_length, batch_size, num_steps, rng):
        self.ids, self.num_steps, self.rng = ids, num_steps, rng
        self.size = {"seq_length": seq_length, "batch_size": batch_size}

    def __len__(self) -> int:
        return self.num_steps

    def __iter__(self):
        for _ in range(self.num_steps):
            yield window_batch(self.ids, **self.size, rng=self.rng)
