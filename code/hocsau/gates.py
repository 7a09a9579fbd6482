"""Bảng chân trị của các cổng hai đầu vào, sẵn để huấn luyện.

Nhà: nm/01.
"""

import torch

TABLES = {
    "AND": (0, 0, 0, 1),
    "OR": (0, 1, 1, 1),
    "NAND": (1, 1, 1, 0),
    "XOR": (0, 1, 1, 0),
}


def gate(name: str):
    """Bốn mẫu của cổng ``name``: X (4, 2), y (4,), đều float32.

    Hàng xếp theo thứ tự đếm: 00, 01, 10, 11.
    Lỗi: ``ValueError`` nếu không biết cổng ấy.
    """
    if name not in TABLES:
        raise ValueError(
            f"gate: không có cổng {name!r}; chọn một trong "
            f"{list(TABLES)}"
        )
    X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return X, torch.tensor(TABLES[name], dtype=X.dtype)
