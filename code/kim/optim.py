"""Bộ tối ưu: bước theo gradient, từ SGD đến AdamW.

Mỗi bộ tối ưu sửa tham số tại chỗ, ngoài đồ thị, và bỏ qua tham số chưa
có gradient. Ký hiệu: g gradient, p tham số, λ = weight_decay.

Nhà: dlsys/06.
"""

from math import sqrt

import numpy as np

from .tensor import Tensor


class Optimizer:
    """Phần chung: danh sách tham số, ``step`` và ``zero_grad``.

    Lớp con viết ``update(p, g, state)``; ``state`` là từ điển riêng của
    từng tham số. Lỗi: ``ValueError`` nếu không có tham số nào,
    ``TypeError`` nếu đưa một tensor trần thay vì danh sách.
    Nguồn: ``torch.optim.Optimizer``.
    """

    def __init__(self, params, lr, weight_decay=0.0):
        if isinstance(params, Tensor):  # duyệt nó chỉ ra các hàng
            raise TypeError("optim: cần danh sách tham số, như [w]")
        self.params = list(params)
        if not self.params:
            raise ValueError("optim: danh sách tham số rỗng")
        self.lr, self.weight_decay = lr, weight_decay
        self.states = [{} for _ in self.params]

    def zero_grad(self):
        """Bỏ gradient cũ; quên gọi thì gradient cộng dồn mãi."""
        for p in self.params:
            p.grad = None

    def step(self):
        """Đi một bước với mọi tham số đã có gradient."""
        for p, state in zip(self.params, self.states, strict=True):
            if p.grad is not None:
                self.update(p.array, p.grad.array, state)

    def update(self, p, g, state):
        """Sửa mảng p tại chỗ theo gradient g."""
        raise NotImplementedError


class SGD(Optimizer):
    """Hạ gradient ngẫu nhiên: u ← βu + g + λp; p ← p − lr · u.

    β = momentum; bước đầu u = g. Nguồn: ``torch.optim.SGD``.
    """

    def __init__(self, params, lr=1e-3, momentum=0.0, weight_decay=0.0):
        super().__init__(params, lr, weight_decay)
        self.momentum = momentum

    def update(self, p, g, state):
        if self.weight_decay:
            g = g + self.weight_decay * p
        if self.momentum:
            if "u" in state:
                state["u"] *= self.momentum
                state["u"] += g
            else:
                state["u"] = g.copy()
            g = state["u"]
        p -= self.lr * g


class Adam(Optimizer):
    """Bước chia cho cỡ gradient gần đây: p ← p − lr · m̂ / (√v̂ + ε).

    m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²; m̂ = m / (1 − β₁ᵗ), v̂ = v /
    (1 − β₂ᵗ) sửa chệch lúc đầu; λp được cộng vào g. Nguồn: Kingma và Ba
    (2015), thuật toán 1; ``torch.optim.Adam``.
    """

    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8,
        weight_decay=0.0,
    ):
        super().__init__(params, lr, weight_decay)
        self.betas, self.eps = betas, eps

    def update(self, p, g, state):
        if self.weight_decay:
            g = g + self.weight_decay * p
        self.adam_step(p, g, state)

    def adam_step(self, p, g, state):
        """Bước Adam với gradient g, chưa kể weight_decay."""
        if not state:
            state.update(t=0, m=np.zeros_like(p), v=np.zeros_like(p))
        state["t"] += 1
        t, m, v = state["t"], state["m"], state["v"]
        beta1, beta2 = self.betas
        m += (1 - beta1) * (g - m)
        v *= beta2
        v += (1 - beta2) * (g * g)
        scale = np.sqrt(v)
        scale *= 1 / sqrt(1 - beta2**t)
        scale += self.eps
        p -= (self.lr / (1 - beta1**t)) * (m / scale)


class AdamW(Adam):
    """Adam với weight decay tách rời: p ← (1 − lr · λ) p mỗi bước.

    Nguồn: Loshchilov và Hutter (2019), thuật toán 2;
    ``torch.optim.AdamW``.
    """

    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8,
        weight_decay=1e-2,
    ):
        super().__init__(params, lr, betas, eps, weight_decay)

    def update(self, p, g, state):
        p *= 1 - self.lr * self.weight_decay
        self.adam_step(p, g, state)


def clip_grad_norm(params, max_norm):
    """Co mọi gradient cho chuẩn chung ‖g‖₂ không quá ``max_norm``.

    g ← g · min(1, max_norm / (‖g‖ + 10⁻⁶)). Trả ‖g‖ trước khi co.
    Nguồn: ``torch.nn.utils.clip_grad_norm_``.
    """
    params = [p for p in params if p.grad is not None]
    norm = sqrt(sum(float((p.grad.array**2).sum()) for p in params))
    scale = max_norm / (norm + 1e-6)
    if scale < 1:
        for p in params:
            p.grad = p.grad.new(p.grad.array * scale)
    return norm
