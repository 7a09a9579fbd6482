"""Khởi tạo trọng số: giữ phương sai của tín hiệu qua nhiều tầng.

``shape`` của trọng số là (out, in) như ``nn.Linear``; trục thứ ba trở
đi, nếu có, là cửa sổ tích chập và nhân vào cả hai. ``rng`` là bộ sinh
của NumPy; không cho thì lấy bộ mới với seed ngẫu nhiên.

Nhà: dlsys/06.
"""

from math import prod, sqrt

import numpy as np

from .tensor import Tensor, check_device

GAINS = {"linear": 1.0, "sigmoid": 1.0, "tanh": 5 / 3, "relu": sqrt(2)}


def calculate_gain(nonlinearity):
    """Hệ số bù cho hàm kích hoạt: ReLU bỏ nửa tín hiệu nên cần √2.

    Lỗi: ``ValueError`` nếu chưa biết hàm đó.
    Nguồn: ``torch.nn.init.calculate_gain``.
    """
    if nonlinearity not in GAINS:
        raise ValueError(
            f"calculate_gain: không có {nonlinearity!r}; có "
            f"{', '.join(GAINS)}"
        )
    return GAINS[nonlinearity]


def fans(shape):
    """Số đầu vào và đầu ra của một nơ-ron: (fan_in, fan_out).

    Lỗi: ``ValueError`` nếu shape có ít hơn hai trục.
    """
    if len(shape) < 2:
        raise ValueError(f"init: shape {shape} cần ít nhất (out, in)")
    window = prod(shape[2:])
    return shape[1] * window, shape[0] * window


def uniform(
    shape, low=0.0, high=1.0, *, rng=None, dtype="float32", device=None
):
    """Tensor có phần tử đều trên [low, high)."""
    check_device(device)
    rng = rng or np.random.default_rng()
    return Tensor.new(rng.uniform(low, high, shape).astype(dtype))


def normal(
    shape, mean=0.0, std=1.0, *, rng=None, dtype="float32", device=None
):
    """Tensor có phần tử theo phân phối Gauss N(mean, std²)."""
    check_device(device)
    rng = rng or np.random.default_rng()
    return Tensor.new(rng.normal(mean, std, shape).astype(dtype))


def xavier_uniform(shape, *, gain=1.0, **kwargs):
    """U(−a, a) với a = gain · √(6 / (fan_in + fan_out)).

    Nguồn: Glorot và Bengio (2010), công thức 16.
    """
    a = gain * sqrt(6 / sum(fans(shape)))
    return uniform(shape, -a, a, **kwargs)


def xavier_normal(shape, *, gain=1.0, **kwargs):
    """N(0, σ²) với σ = gain · √(2 / (fan_in + fan_out)).

    Nguồn: Glorot và Bengio (2010), công thức 12.
    """
    std = gain * sqrt(2 / sum(fans(shape)))
    return normal(shape, std=std, **kwargs)


def kaiming_uniform(shape, *, nonlinearity="relu", **kwargs):
    """U(−a, a) với a = gain · √(3 / fan_in), gain theo ``nonlinearity``.

    Nguồn: He và cộng sự (2015), mục 2.2.
    """
    a = calculate_gain(nonlinearity) * sqrt(3 / fans(shape)[0])
    return uniform(shape, -a, a, **kwargs)


def kaiming_normal(shape, *, nonlinearity="relu", **kwargs):
    """N(0, σ²) với σ = gain / √fan_in, gain theo ``nonlinearity``.

    Nguồn: He và cộng sự (2015), công thức 10.
    """
    std = calculate_gain(nonlinearity) / sqrt(fans(shape)[0])
    return normal(shape, std=std, **kwargs)
