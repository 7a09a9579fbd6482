"""Xavier và Kaiming với shape (fan_in, fan_out).

Nhà: dlsys/08.
"""

from math import sqrt

from ...init import calculate_gain
from .init_basic import rand, randn


def xavier_uniform(fan_in, fan_out, gain=1.0, **kwargs):
    """U(−a, a) với a = gain · √(6 / (fan_in + fan_out))."""
    a = gain * sqrt(6 / (fan_in + fan_out))
    return rand(fan_in, fan_out, low=-a, high=a, **kwargs)


def xavier_normal(fan_in, fan_out, gain=1.0, **kwargs):
    """N(0, σ²) với σ = gain · √(2 / (fan_in + fan_out))."""
    std = gain * sqrt(2 / (fan_in + fan_out))
    return randn(fan_in, fan_out, std=std, **kwargs)


def kaiming_uniform(fan_in, fan_out, nonlinearity="relu", **kwargs):
    """U(−a, a) với a = √2 · √(3 / fan_in)."""
    a = calculate_gain(nonlinearity) * sqrt(3 / fan_in)
    return rand(fan_in, fan_out, low=-a, high=a, **kwargs)


def kaiming_normal(fan_in, fan_out, nonlinearity="relu", **kwargs):
    """N(0, σ²) với σ = √2 / √fan_in."""
    std = calculate_gain(nonlinearity) / sqrt(fan_in)
    return randn(fan_in, fan_out, std=std, **kwargs)
