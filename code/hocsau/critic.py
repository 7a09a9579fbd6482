"""Người chấm: mạng nhỏ học đoán điểm của hộp đen để có gradient.

[Critic] học từ các cặp (tham số, điểm), rồi cho gradient của điểm đoán
bằng lan truyền ngược.
Nhà: nyu/02-1.
"""

import numpy as np
import torch


def draw(*shape, rng):
    """Trọng số đầu, đều trong ±1/√(số hàng)."""
    p = (torch.rand(shape, generator=rng) * 2 - 1) * shape[-2] ** -0.5
    return p.requires_grad_()


class Critic:
    """``s`` mạng d → 32 → 1 đoán điểm, mỗi tay lái một mạng riêng.

    ``seed`` định trọng số ban đầu. Đầu vào chia cho ``scale``; điểm trừ
    trung bình rồi chia cho ``top``, để cỡ gần 1.
    """

    def __init__(self, seed, s=1, *, num_inputs=2, scale=10.0, top=5.0):
        rng = torch.Generator().manual_seed(seed)
        self.weights = [
            draw(s, *shape, rng=rng)
            for shape in ((num_inputs, 32), (1, 32), (32, 1), (1, 1))
        ]
        self.optimizer = torch.optim.Adam(self.weights, lr=0.02, fused=True)
        self.scale, self.top, self.mean = scale, top, np.zeros(s)

    def __call__(self, k):
        """Điểm đã co của ``k``: (s, m, d) → (s, m)."""
        W, b, V, c = self.weights
        return (torch.tanh(k @ W + b) @ V + c)[..., 0]

    def fit(self, gains, score, *, num_steps=30):
        """Học tiếp từ ``gains``: (s, m, d) và ``score``: (s, m)."""
        self.mean = score.mean(axis=1)
        t = (score - self.mean[:, None]) / self.top
        k = torch.tensor(gains / self.scale, dtype=torch.float32)
        t = torch.tensor(t, dtype=torch.float32)
        for _ in range(num_steps):
            self.optimizer.zero_grad()
            ((self(k) - t) ** 2).mean(1).sum().backward()
            self.optimizer.step()

    def ask(self, w):
        """Điểm đoán (s,) và gradient của nó (s, d) tại ``w``: (s, d)."""
        k = torch.tensor(w[:, None] / self.scale, dtype=torch.float32)
        k.requires_grad_()
        guess = self(k)[:, 0]
        (g,) = torch.autograd.grad(guess.sum(), k)
        guess = self.mean + self.top * guess.detach().numpy()
        return guess, g[:, 0].numpy() * (self.top / self.scale)
