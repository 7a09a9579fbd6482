"""Tập dữ liệu tra theo số thứ tự, biến đổi từng mẫu khi được hỏi tới.

Nhà: nm/06.
"""

from torch.utils.data import Dataset


class Samples(Dataset):
    """Cặp (X, y) tra theo chỉ số; ``transform`` đổi ``X[i]`` lúc lấy.

    ``X``: (n, ...), ``y``: (n,). Dữ liệu gốc không đổi, miễn là
    ``transform`` trả về một tensor mới.
    Lỗi: ``ValueError`` nếu X và y lệch nhau.
    """

    def __init__(self, X, y, transform=None):
        if len(X) != len(y):
            raise ValueError(
                f"Samples: {len(X)} mẫu X nhưng {len(y)} nhãn y"
            )
        self.X, self.y, self.transform = X, y, transform

    def __len__(self) -> int:
        """Số mẫu."""
        return len(self.X)

    def __getitem__(self, i):
        x = self.X[i]
        if self.transform is not None:
            x = self.transform(x)
        return x, self.y[i]


def chain(*steps):
    """Nối các phép biến đổi thành một, chạy từ trái sang phải."""

    def apply(x):
        for step in steps:
            x = step(x)
        return x

    return apply
