"""Dropout: tắt ngẫu nhiên một phần tín hiệu khi huấn luyện.

Nhà: dlsys/08.
"""

import numpy as np

from .module import Module


class Dropout(Module):
    """y = x · m / (1 − p) với m ~ Bernoulli(1 − p) từng phần tử.

    Chia cho 1 − p để kỳ vọng không đổi, nên khi suy luận y = x.
    Lỗi: ``ValueError`` nếu p ngoài [0, 1).
    Nguồn: Srivastava và cộng sự (2014), mục 10; ``torch.nn.Dropout``.
    """

    def __init__(self, p=0.5, *, rng=None):
        if not 0 <= p < 1:
            raise ValueError(f"Dropout: p = {p} không thuộc [0, 1)")
        self.p, self.rng = p, rng or np.random.default_rng()

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        keep = self.rng.random(x.shape, dtype=np.float32) >= self.p
        return x * (keep * x.dtype.type(1 / (1 - self.p)))

    def extra_repr(self):
        return f"p={self.p}"
