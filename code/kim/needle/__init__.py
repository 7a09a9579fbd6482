"""Giao diện của khóa CMU 10-414 (thư viện *needle*) trên lõi của kim.

Tên, chữ ký, shape và quy ước như hw0 đến hw2 của khóa học, để người
theo khóa tìm thấy mỗi hàm ở đúng chỗ: ``import kim.needle as needle``.
Lượt truyền ngược, công thức đạo hàm đều là của kim; ở đây chỉ có phần
khác quy ước. Khác khóa học: luôn tính ngay (không có chế độ lười), phép
trả bộ không phải là một nút riêng.

Nhà: dlsys/08.
"""

from . import autograd, backend_numpy, data, init, nn, ops, optim
from .apps import hw0, mlp_resnet, simple_ml
from .autograd import Tensor, all_devices, cpu
from .init import ones, ones_like, zeros, zeros_like
from .ops import *  # noqa: F403
from .ops import __all__ as _ops

__all__ = [
    "Tensor",
    "all_devices",
    "autograd",
    "backend_numpy",
    "cpu",
    "data",
    "hw0",
    "init",
    "mlp_resnet",
    "nn",
    "ones",
    "ones_like",
    "ops",
    "optim",
    "simple_ml",
    "zeros",
    "zeros_like",
    *_ops,
]
