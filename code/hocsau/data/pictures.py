"""Ảnh chụp thành đầu vào của mạng học trên ImageNet.

Nhà: nm/05.
"""

import numpy as np
import torch

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def crop(picture, side: int = 224, short: int = 256):
    """Thu cạnh ngắn về ``short`` điểm, rồi cắt ô vuông ở giữa.

    ``picture``: ảnh PIL; tỷ lệ cao rộng được giữ nguyên.
    """
    scale = short / min(picture.size)
    width, height = (round(v * scale) for v in picture.size)
    small = picture.convert("RGB").resize((width, height))
    left, top = (width - side) // 2, (height - side) // 2
    return small.crop((left, top, left + side, top + side))


def prepare(picture, side: int = 224, short: int = 256):
    """Tensor (3, side, side): cắt, về [0, 1], rồi chuẩn tắc hóa.

    Trừ ``MEAN`` và chia ``STD`` của từng kênh, như lúc mạng học.
    """
    pixels = np.asarray(crop(picture, side, short), np.float32) / 255
    X = torch.from_numpy(pixels).permute(2, 0, 1)  # (3, side, side)
    mean, std = (torch.tensor(v)[:, None, None] for v in (MEAN, STD))
    return (X - mean) / std
