"""Bảng ký tự: chữ thành số và ngược lại.

Nhà: mit/lab1-2.
"""

import torch

END = "\n\n"  # dòng trống ngăn các bài trong một tập ABC


class Characters:
    """Bộ từ vựng gồm các ký tự có trong ``text``, xếp theo mã Unicode."""

    def __init__(self, text: str):
        self.symbols = sorted(set(text))
        self.ids = {c: i for i, c in enumerate(self.symbols)}

    def __len__(self) -> int:
        return len(self.symbols)

    def encode(self, text: str) -> torch.Tensor:
        """Chuỗi → (n,) int64.

        Lỗi: ``ValueError`` nêu ký tự không có trong bộ từ vựng.
        """
        unknown = sorted(set(text) - set(self.ids))
        if unknown:
            raise ValueError(
                f"encode: ký tự {unknown[0]!r} không có trong bộ từ "
                "vựng; dựng bộ từ vựng từ mọi văn bản sẽ đọc"
            )
        return torch.tensor([self.ids[c] for c in text])

    def decode(self, ids) -> str:
        """(n,) số → chuỗi."""
        return "".join(self.symbols[int(i)] for i in ids)


def join(texts) -> str:
    """Nối các bài thành một dải, giữa hai bài là một dòng trống."""
    return END + END.join(texts) + END
