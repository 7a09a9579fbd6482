"""Nhật ký huấn luyện: mỗi đại lượng một cột, mỗi epoch một hàng.

Nhà: nyu/02-3.
"""


def sign(mode: str, asker: str) -> int:
    """1 nếu càng nhỏ càng tốt ("min"), −1 nếu ngược lại ("max").

    Lỗi: ``ValueError``, nhân danh ``asker``, nếu là chữ khác.
    """
    if mode not in ("min", "max"):
        raise ValueError(
            f'{asker}: mode = {mode!r}; chọn "min" hay "max"'
        )
    return 1 if mode == "min" else -1


class History:
    """Nhật ký; ``history["val_loss"][i]`` là số của epoch thứ i + 1."""

    def __init__(self):
        self.columns: dict[str, list[float]] = {}

    def add(self, row: dict[str, float]) -> None:
        """Thêm một epoch; hàng nào cũng phải có cùng các cột."""
        if self.columns and row.keys() != self.columns.keys():
            raise ValueError(
                f"History: các cột đổi từ {sorted(self.columns)} "
                f"thành {sorted(row)}; mỗi epoch phải ghi như nhau"
            )
        for name, value in row.items():
            self.columns.setdefault(name, []).append(float(value))

    def __getitem__(self, name: str) -> list[float]:
        if name not in self.columns:
            known = ", ".join(self.columns) or "chưa có gì"
            raise KeyError(
                f"nhật ký không có {name!r}; các cột: {known}"
            )
        return self.columns[name]

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def __len__(self) -> int:
        """Số epoch đã ghi."""
        return len(next(iter(self.columns.values()), []))

    def last(self) -> dict[str, float]:
        """Hàng của epoch cuối."""
        return {name: values[-1] for name, values in self.columns.items()}

    def best_epoch(self, name: str = "val_loss", *, mode="min") -> int:
        """Epoch (đếm từ 1) tốt nhất theo cột ``name``; hòa thì lấy sớm."""
        values, s = self[name], sign(mode, "best_epoch")
        return values.index(min(values, key=lambda v: s * v)) + 1
