"""Người chấm: một mạng nhỏ học đoán điểm của hộp đen để có gradient.

[Critic] học từ các cặp (tham số, điểm), rồi cho gradient của điểm đoán
bằng lan truyền ngược.
Nhà: nyu/02-1.
"""

import numpy as np
import torch
from torch import nn


class Critic:
    """Mạng d → 32 → 1 đoán điểm; ``seed`` định trọng số ban đầu.

    Đầu vào chia cho ``scale``, điểm chia cho ``top`` để cỡ gần 1.
    """

    def __init__(self, seed, *, num_inputs=2, scale=10.0, top=5.0):
        rng = torch.Generator().manual_seed(seed)
        self.net = nn.Sequential(
            nn.Linear(num_inputs, 32), nn.Tanh(), nn.Linear(32, 1)
        )
        for p in self.net.parameters():
            bound = p.shape[-1] ** -0.5
            nn.init.uniform_(p, -bound, bound, generator=rng)
        self.optimizer = torch.optim.Adam(
            self.net.parameters(), lr=0.02, fused=True
        )
        self.scale, self.top = scale, top

    def fit(self, gains, score, *, num_steps=30):
        """Học tiếp từ ``gains``: (m, d) và ``score``: (m,)."""
        k = torch.tensor(gains / self.scale, dtype=torch.float32)
        t = torch.tensor(score / self.top, dtype=torch.float32)
        for _ in range(num_steps):
            self.optimizer.zero_grad()
            ((self.net(k)[:, 0] - t) ** 2).mean().backward()
            self.optimizer.step()

    def guess(self, w):
        """Điểm đoán cho ``w``: (d,)."""
        k = torch.tensor(w / self.scale, dtype=torch.float32)
        return self.top * self.net(k).item()

    def grad(self, w):
        """Gradient của điểm đoán theo ``w``, qua mạng đã học: (d,)."""
        k = torch.tensor(w / self.scale, dtype=torch.float32)
        k.requires_grad_()
        (g,) = torch.autograd.grad(self.net(k).sum(), k)
        return g.numpy().astype(np.float64) * self.top / self.scale
