"""Lưu và đọc trạng thái: một từ điển tên → mảng, trong tệp ``.npz``.

Không dùng pickle, nên đọc một tệp lạ không thể chạy mã lạ.

Nhà: dlsys/08.
"""

import numpy as np


def save(state, path):
    """Ghi ``module.state_dict()`` vào tệp npz ở đúng ``path``."""
    with open(path, "wb") as file:
        np.savez(file, **state)


def load(path):
    """Đọc lại từ điển tên → mảng, để đưa cho ``load_state_dict``.

    Lỗi: ``FileNotFoundError`` nếu không có tệp, ``ValueError`` nếu tệp
    chứa đối tượng Python thay vì mảng.
    """
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}
