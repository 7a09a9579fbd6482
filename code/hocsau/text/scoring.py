"""Số bit mỗi ký tự: thước đo chung cho mạng, n-gram và văn phạm.

Nhà: mit/lab1-2.
"""

import math

import numpy as np
import torch
from torch import nn

from hocsau.text.characters import END
from hocsau.train import Callback


@torch.no_grad()
def character_bits(model, characters, texts) -> list[np.ndarray]:
    """−log₂ p của từng ký tự trong mỗi bài, kể cả dòng trống kết bài.

    Mỗi bài bắt đầu sau một dòng trống, trạng thái toàn số 0. Trả về một
    mảng (len(text) + 2,) cho mỗi bài.
    """
    was_training = model.training
    model.eval()
    device = next(model.parameters()).device
    rows = [characters.encode(END + t + END) for t in texts]
    x = nn.utils.rnn.pad_sequence(rows, batch_first=True).to(device)
    logits, _ = model(x[:, :-1])
    nats = nn.functional.cross_entropy(
        logits.transpose(1, 2), x[:, 1:], reduction="none"
    )  # (n, dài nhất − 1)
    model.train(was_training)
    bits = nats.double().cpu().numpy() / math.log(2)
    return [b[1 : len(t) + 3] for b, t in zip(bits, texts, strict=True)]


def bits_per_character(bits: list[np.ndarray]) -> float:
    """Trung bình trên mọi ký tự của mọi bài."""
    return float(np.concatenate(bits).mean())


def line_bits(bits: list[np.ndarray], texts) -> np.ndarray:
    """Số bit trung bình của từng dòng; các bài phải cùng số dòng.

    Dấu xuống dòng tính vào dòng đứng trước nó.
    """
    table = []
    for b, text in zip(bits, texts, strict=True):
        line = np.cumsum([0] + [c == "\n" for c in text + "\n"])
        table.append(np.bincount(line, weights=b))
    return np.mean(table, axis=0)


class ValidationBits(Callback):
    """Callback ghi số bit mỗi ký tự trên ``texts`` sau mỗi epoch."""

    def __init__(self, characters, texts):
        self.characters, self.texts = characters, texts
        self.bits: list[float] = []

    def on_epoch_end(self, run) -> None:
        found = character_bits(run.model, self.characters, self.texts)
        self.bits.append(bits_per_character(found))
