"""Ba hàm kích hoạt viết tay, mỗi hàm đi cùng đạo hàm của nó.

Mọi hàm nhận và trả về tensor cùng kích thước, tính từng phần tử.
Nhà: nm/01.
"""

import torch


def sigmoid(z):
    """``1/(1 + e⁻ᶻ)``: nén mọi số thực vào (0, 1)."""
    return 1 / (1 + torch.exp(-z))


def sigmoid_slope(z):
    """Đạo hàm của sigmoid: ``a(1 − a)`` với ``a = sigmoid(z)``."""
    a = sigmoid(z)
    return a * (1 - a)


def tanh(z):
    """``2·sigmoid(2z) − 1``: nén mọi số thực vào (−1, 1)."""
    return 2 * sigmoid(2 * z) - 1


def tanh_slope(z):
    """Đạo hàm của tanh: ``1 − tanh²(z)``."""
    return 1 - tanh(z) ** 2


def relu(z):
    """``max(z, 0)``: giữ phần dương, bỏ phần âm."""
    return z.clamp(min=0)


def relu_slope(z):
    """Đạo hàm của ReLU: 1 khi z > 0, còn lại 0 (kể cả tại 0)."""
    return (z > 0).to(z.dtype)


def saturated(slope, *, below: float = 1e-3) -> float:
    """Tỷ lệ chỗ có độ dốc nhỏ hơn ``below``: gradient gần như tắt.

    ``slope``: tensor đạo hàm, kích thước bất kỳ.
    """
    return (slope < below).double().mean().item()
