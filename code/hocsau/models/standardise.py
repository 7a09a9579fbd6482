"""Chuẩn tắc hóa nằm trong mô hình, để đi theo tệp lưu.

Nhà: nm/05.
"""

import torch
from torch import nn


class Standardise(nn.Module):
    """Trừ trung bình, chia độ lệch chuẩn của từng cột ``X``.

    ``X``: (n, d) tập huấn luyện. Hai vector ``mean`` và ``std``, (d,),
    là bộ đệm: được lưu và chuyển thiết bị cùng mô hình, không học. Cột
    không đổi thì chỉ trừ. Cho cùng kết quả với
    ``hocsau.data.scale.standardise``.
    Lỗi: ``ValueError`` nếu ``X`` không phải bảng hai chiều.
    """

    def __init__(self, X):
        super().__init__()
        if X.dim() != 2:
            raise ValueError(
                f"Standardise: X có kích thước {tuple(X.shape)}; cần "
                "bảng (n, d)"
            )
        wide = X.double()
        std = wide.std(dim=0, correction=0)
        flat = (wide == wide[0]).all(dim=0)
        std = torch.where(flat, torch.ones_like(std), std)
        self.register_buffer("mean", wide.mean(dim=0).to(X.dtype))
        self.register_buffer("std", std.to(X.dtype))

    def forward(self, X):
        return (X - self.mean) / self.std
