"""SGD có momentum, RMSProp, Adam và AdamW viết tay, khớp torch.optim.

Mọi bộ tối ưu đi cùng một vòng ([Optimiser]): với từng tham số p, lấy
gradient g đã kể suy giảm trọng số (``decay``), rồi sửa p tại chỗ
(``update``). Lớp con chỉ viết phần khác nhau. [walk] ghi lại đường đi.
Nhà: nm/03.
"""

import numpy as np
import torch


class Optimiser:
    """Phần chung: danh sách tham số, số bước t và trí nhớ của mỗi cái.

    ``slots``: số tensor cùng cỡ mà mỗi tham số phải nhớ thêm. ``lr`` là
    số, hoặc tensor nhân được với mọi tham số.
    Lỗi: ``TypeError`` nếu đưa một tensor thay vì danh sách;
    ``ValueError`` nếu danh sách rỗng.
    """

    slots = 0

    def __init__(self, params, lr, weight_decay=0.0):
        if isinstance(params, torch.Tensor):
            raise TypeError("Optimiser: cần danh sách, ví dụ [w]")
        self.params = list(params)
        if not self.params:
            raise ValueError(
                "Optimiser: danh sách tham số rỗng; model.parameters() "
                "chỉ duyệt được một lần, hãy gọi lại"
            )
        self.lr, self.weight_decay = lr, weight_decay
        self.t = [0] * len(self.params)
        self.memory = [
            [torch.zeros_like(p) for _ in range(self.slots)]
            for p in self.params
        ]

    def zero_grad(self):
        """Bỏ gradient cũ của mọi tham số."""
        for p in self.params:
            p.grad = None

    @torch.no_grad()
    def step(self):
        """Một bước với mọi tham số đã có gradient."""
        for i, p in enumerate(self.params):
            if p.grad is not None:
                self.t[i] += 1
                g = self.decay(p)
                self.update(p, g, self.t[i], *self.memory[i])

    def decay(self, p):
        """Kiểu L2: cộng λp vào gradient, p chưa đổi."""
        return p.grad + self.weight_decay * p

    def update(self, p, g, t, *memory):
        """Sửa p và trí nhớ của nó tại chỗ; t đếm từ 1."""
        raise NotImplementedError


class SGD(Optimiser):
    """Hạ gradient ngẫu nhiên: u ← βu + g, rồi p ← p − lr·u.

    β = momentum; β = 0 là SGD thường. Nguồn: Robbins và Monro (1951),
    Polyak (1964); ``torch.optim.SGD``.
    """

    slots = 1

    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        super().__init__(params, lr, weight_decay)
        self.momentum = momentum

    def update(self, p, g, t, u):
        u *= self.momentum
        u += g
        p -= self.lr * u


class RMSProp(Optimiser):
    """v ← αv + (1 − α)g², rồi p ← p − lr·g / (√v + ε).

    Nguồn: Tieleman và Hinton (2012); ``torch.optim.RMSprop``.
    """

    slots = 1

    def __init__(
        self, params, lr, alpha=0.99, eps=1e-8, weight_decay=0.0
    ):
        super().__init__(params, lr, weight_decay)
        self.alpha, self.eps = alpha, eps

    def update(self, p, g, t, v):
        v *= self.alpha
        v += (1 - self.alpha) * g**2
        p -= self.lr * g / (v.sqrt() + self.eps)


class Adam(Optimiser):
    """Momentum trên RMSProp, có sửa chệch: p ← p − lr·m̂ / (√v̂ + ε).

    m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ). Nguồn: Kingma và Ba (2015),
    thuật toán 1; ``torch.optim.Adam``.
    """

    slots = 2

    def __init__(
        self, params, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0
    ):
        super().__init__(params, lr, weight_decay)
        self.betas, self.eps = betas, eps

    def update(self, p, g, t, m, v):
        beta1, beta2 = self.betas
        m += (1 - beta1) * (g - m)
        v += (1 - beta2) * (g**2 - v)
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


class AdamW(Adam):
    """Adam với suy giảm trọng số tách khỏi gradient.

    Nguồn: Loshchilov và Hutter (2019); ``torch.optim.AdamW``.
    """

    def decay(self, p):
        """Co thẳng: p ← (1 − lr·λ)p; gradient giữ nguyên."""
        p *= 1 - self.lr * self.weight_decay
        return p.grad


def walk(make, grad, w0, *, num_steps):
    """Đường đi của ``make([w])`` từ ``w0``: (num_steps + 1, d) float64.

    ``grad(w)``: (d,) → (d,), trên mảng NumPy; kể cả điểm đầu.
    """
    w = torch.tensor(np.asarray(w0, dtype=float))
    optimiser, path = make([w]), [w.numpy().copy()]
    for _ in range(num_steps):
        g = np.asarray(grad(path[-1]), dtype=float)
        w.grad = torch.as_tensor(g)
        optimiser.step()
        path.append(w.numpy().copy())
    return np.stack(path)
