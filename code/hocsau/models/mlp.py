"""Mạng kết nối đầy đủ và phép đếm tham số.

Nhà: nyu/02-3.
"""

from collections import OrderedDict
from itertools import pairwise

from torch import nn


class MLP(nn.Sequential):
    """Mạng kết nối đầy đủ: Linear, kích hoạt, ..., Linear.

    ``sizes``: số nút từ đầu vào tới đầu ra, ví dụ (2, 100, 3); hai số
    là một mô hình tuyến tính. Sau tầng cuối không có kích hoạt: đầu ra
    là logit. ``activation``: lớp mô-đun, ví dụ ``nn.Tanh``.
    ``norm``: lớp mô-đun nhận số nút, ví dụ ``nn.BatchNorm1d``, đặt giữa
    Linear và kích hoạt. ``dropout``: xác suất tắt mỗi nút ẩn lúc học.
    Lỗi: ``ValueError`` nếu ``sizes`` ngắn hơn 2.
    """

    def __init__(
        self, sizes, *, activation=nn.ReLU, norm=None, dropout=0.0
    ):
        if len(sizes) < 2:
            raise ValueError(
                f"MLP: sizes = {tuple(sizes)}; cần ít nhất số nút vào "
                "và số nút ra"
            )
        layers = []
        for d_in, d_out in pairwise(sizes[:-1]):
            layers.append(nn.Linear(d_in, d_out))
            if norm is not None:
                layers.append(norm(d_out))
            layers.append(activation())
            if dropout:
                layers.append(nn.Dropout(dropout))
        super().__init__(*layers, nn.Linear(*sizes[-2:]))

    def __getitem__(self, index):
        """Một tầng; lát cắt thì cho một ``nn.Sequential`` chung tầng."""
        return nn.Sequential(OrderedDict(self._modules))[index]


def count_parameters(model: nn.Module) -> int:
    """Số tham số học được; tham số dùng chung chỉ đếm một lần."""
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
