"""Thiết bị duy nhất: CPU với NumPy.

Số ngẫu nhiên lấy từ bộ sinh chung ``np.random`` như khóa học, để cùng
``np.random.seed`` cho cùng con số.

Nhà: dlsys/08.
"""

import numpy as np


class Device:
    """Nơi dữ liệu nằm và phép chạy."""


class CPUDevice(Device):
    """CPU: mỗi hàm tạo một mảng NumPy."""

    def __repr__(self):
        return "needle.cpu()"

    def __hash__(self):
        return hash(type(self))

    def __eq__(self, other):
        return isinstance(other, CPUDevice)

    def enabled(self):
        """Luôn dùng được."""
        return True

    def zeros(self, *shape, dtype="float32"):
        """Mảng số 0."""
        return np.zeros(shape, dtype)

    def ones(self, *shape, dtype="float32"):
        """Mảng số 1."""
        return np.ones(shape, dtype)

    def full(self, shape, value, dtype="float32"):
        """Mảng một giá trị."""
        return np.full(shape, value, dtype)

    def rand(self, *shape):
        """Đều trên [0, 1), float64."""
        return np.random.rand(*shape)

    def randn(self, *shape):
        """Gauss chuẩn tắc, float64."""
        return np.random.randn(*shape)

    def one_hot(self, n, i, dtype="float32"):
        """Hàng thứ i của ma trận đơn vị cỡ n."""
        return np.eye(n, dtype=dtype)[i]


def cpu():
    """Thiết bị CPU."""
    return CPUDevice()


def all_devices():
    """Danh sách thiết bị có thật."""
    return [cpu()]
