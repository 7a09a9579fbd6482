"""Cắt tensor đã nằm sẵn trong bộ nhớ thành từng batch.

Nhà: nyu/02-3.
"""

import torch


class Batches:
    """Duyệt các tensor theo batch; có ``rng`` thì xáo lại mỗi epoch.

    Nhanh hơn ``DataLoader`` khi cả tập nằm trong bộ nhớ: mỗi batch là
    một lần chọn chỉ số. Các tensor có cùng số hàng n; batch cuối có thể
    thiếu, ``drop_last=True`` thì bỏ nó. ``rng=None``: giữ thứ tự.
    Lỗi: ``ValueError`` nếu không phải tensor, số hàng lệch nhau, không
    còn batch nào, hoặc ``batch_size`` < 1.
    """

    def __init__(
        self, *tensors, batch_size: int, rng=None, drop_last=False
    ):
        for t in tensors:
            if not isinstance(t, torch.Tensor):
                raise ValueError(
                    f"Batches: nhận {type(t).__name__}, cần tensor; "
                    "mảng NumPy thì đổi bằng torch.from_numpy"
                )
        rows = [len(t) for t in tensors]
        if len(set(rows)) != 1:
            raise ValueError(
                f"Batches: các tensor có {rows} hàng; cần bằng nhau"
            )
        if batch_size < 1:
            raise ValueError(
                f"Batches: batch_size = {batch_size}; cần ít nhất 1"
            )
        self.n = rows[0]
        if drop_last:
            self.n -= self.n % batch_size
        if not self.n:
            raise ValueError(
                f"Batches: {rows[0]} mẫu, batch_size = {batch_size}: "
                "không có batch nào; thêm mẫu hoặc giảm batch_size"
            )
        self.tensors, self.rows = tensors, rows[0]
        self.batch_size, self.rng = batch_size, rng

    def __len__(self) -> int:
        """Số batch của một epoch."""
        return -(-self.n // self.batch_size)

    def __iter__(self):
        if self.rng is None:
            kept = [t[: self.n] for t in self.tensors]
            parts = [t.split(self.batch_size) for t in kept]
            yield from zip(*parts, strict=True)
            return
        order = torch.randperm(self.rows, generator=self.rng)[: self.n]
        for pick in order.split(self.batch_size):
            yield tuple(t[pick] for t in self.tensors)
