"""SGD và Adam như khóa học định nghĩa.

Nhà: dlsys/08.
"""

from ..optim import clip_grad_norm


class Optimizer:
    """Lớp cha: ``step`` và ``reset_grad``."""

    def __init__(self, params):
        self.params = params

    def step(self):
        """Sửa các tham số theo gradient của chúng."""
        raise NotImplementedError

    def reset_grad(self):
        """Bỏ gradient cũ."""
        for p in self.params:
            p.grad = None

    def decayed(self):
        """Các cặp (tham số p, mảng grad + λp) đã có gradient."""
        for p in self.params:
            if p.grad is not None:
                yield p, p.grad.array + self.weight_decay * p.array


class SGD(Optimizer):
    """u ← βu + (1 − β)g; p ← p − lr · u, với g đã cộng λp."""

    def __init__(self, params, lr=0.01, momentum=0.0, weight_decay=0.0):
        super().__init__(params)
        self.lr, self.momentum = lr, momentum
        self.weight_decay, self.u = weight_decay, {}

    def step(self):
        beta = self.momentum
        for p, g in self.decayed():
            self.u[p] = beta * self.u.get(p, 0) + (1 - beta) * g
            p.array = (p.array - self.lr * self.u[p]).astype(p.dtype)

    def clip_grad_norm(self, max_norm=0.25):
        """Co gradient để chuẩn chung không quá ``max_norm``."""
        return clip_grad_norm(self.params, max_norm)


class Adam(Optimizer):
    """Adam có sửa chệch; λp cộng vào gradient."""

    def __init__(
        self, params, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8,
        weight_decay=0.0,
    ):
        super().__init__(params)
        self.lr, self.eps = lr, eps
        self.beta1, self.beta2 = beta1, beta2
        self.weight_decay = weight_decay
        self.t, self.m, self.v = 0, {}, {}

    def step(self):
        self.t += 1
        b1, b2 = self.beta1, self.beta2
        for p, g in self.decayed():
            self.m[p] = b1 * self.m.get(p, 0) + (1 - b1) * g
            self.v[p] = b2 * self.v.get(p, 0) + (1 - b2) * g * g
            m = self.m[p] / (1 - b1**self.t)
            v = self.v[p] / (1 - b2**self.t)
            step = self.lr * m / (v**0.5 + self.eps)
            p.array = (p.array - step).astype(p.dtype)
