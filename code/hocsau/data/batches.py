"""Cắt tensor đã nằm sẵn trong bộ nhớ thành từng batch.

Nhà: nyu/02-3.
"""

import torch


class Batches:
    """Duyệt các tensor theo batch; có ``rng`` thì xáo lại mỗi epoch.

    Nhanh hơn ``DataLoader`` khi cả tập nằm trong bộ nhớ: mỗi batch là
    một lần chọn chỉ số. Các tensor có cùng số hàng n; batch cuối có thể
    thiếu. ``rng=None``: giữ nguyên thứ tự.
    Lỗi: ``ValueError`` nếu số hàng lệch nhau hoặc ``batch_size`` < 1.
    """

    def __init__(self, *tensors, batch_size: int, rng=None):
        rows = [len(t) for t in tensors]
        if len(set(rows)) != 1:
            raise ValueError(
                f"Batches: các tensor có {rows} hàng; cần bằng nhau"
            )
        if batch_size < 1:
            raise ValueError(
                f"Batches: batch_size = {batch_size}; cần ít nhất 1"
            )
        self.tensors, self.n = tensors, rows[0]
        self.batch_size, self.rng = batch_size, rng

    def __len__(self) -> int:
        """Số batch của một epoch."""
        return -(-self.n // self.batch_size)

    def __iter__(self):
        if self.rng is None:
            parts = [t.split(self.batch_size) for t in self.tensors]
            yield from zip(*parts, strict=True)
            return
        order = torch.randperm(self.n, generator=self.rng)
        for pick in order.split(self.batch_size):
            yield tuple(t[pick] for t in self.tensors)
