"""Mô hình n-gram mức ký tự, làm trơn Witten–Bell.

Xác suất ở bậc n pha với bậc n − 1, càng nhiều khi ngữ cảnh càng hay có
ký tự mới. Nguồn: Witten và Bell (1991), phương pháp C; dạng nội suy ở
Chen và Goodman (1996).
Nhà: mit/lab1-2.
"""

from collections import Counter, defaultdict

import numpy as np

from hocsau.text.characters import END


class WittenBell:
    """n-gram học từ ``text``; ``order`` = n, ngữ cảnh dài n − 1 ký tự.

    Lỗi: ``ValueError`` nếu ``order`` < 1.
    """

    def __init__(self, text: str, *, order: int, symbols):
        if order < 1:
            raise ValueError(f"WittenBell: order = {order}; cần ≥ 1")
        self.order, self.symbols = order, list(symbols)
        self.cumulative: dict = {}  # (n, ngữ cảnh) → xác suất cộng dồn
        self.counts: list = [defaultdict(Counter) for _ in range(order)]
        for k in range(order):
            for i in range(k, len(text)):
                self.counts[k][text[i - k : i]][text[i]] += 1

    def probability(self, context: str, symbol: str) -> float:
        """P(symbol | n − 1 ký tự cuối của context), luôn dương."""
        p = 1 / len(self.symbols)
        for k in range(min(self.order, len(context) + 1)):
            seen = self.counts[k].get(context[len(context) - k :])
            if seen is None:
                break
            total, kinds = seen.total(), len(seen)
            p = (seen[symbol] + kinds * p) / (total + kinds)
        return p

    def character_bits(self, texts) -> list[np.ndarray]:
        """−log₂ p của từng ký tự, như ``scoring.character_bits``."""
        out = []
        for text in texts:
            whole, k = END + text + END, self.order - 1
            out.append(-np.log2([
                self.probability(whole[max(0, i - k) : i], whole[i])
                for i in range(2, len(whole))
            ]))  # fmt: skip
        return out

    def write(self, num_texts: int, *, max_length=400, rng) -> list[str]:
        """Viết bài; ``rng``: ``np.random.Generator``."""
        return [self.write_one(max_length, rng) for _ in range(num_texts)]

    def write_one(self, max_length: int, rng) -> str:
        """Một bài, tới dòng trống đầu tiên hay ``max_length`` ký tự."""
        text = END
        while len(text) < max_length + 2:
            context = text[len(text) - self.order + 1 :]
            i = int(np.searchsorted(self.steps(context), rng.random()))
            text += self.symbols[i]
            if text.endswith(END) and len(text) > 3:
                return text[2:-2]
        return text[2:]

    def steps(self, context: str) -> np.ndarray:
        """Xác suất cộng dồn của mọi ký tự sau ``context``, (V,)."""
        key = self.order, context
        if key not in self.cumulative:
            p = [self.probability(context, c) for c in self.symbols]
            self.cumulative[key] = np.cumsum(p) / np.sum(p)
        return self.cumulative[key]
