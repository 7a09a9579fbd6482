"""Ảnh chụp thành đầu vào của mạng học trên ImageNet.

Làm từng bước như ``ImageClassification`` của torchvision, là phép biến
đổi đi kèm ``VGG16_Weights.IMAGENET1K_V1``: thu cạnh ngắn bằng nội suy
tuyến tính, cạnh dài cắt phần lẻ, cắt ô giữa, rồi chuẩn tắc hóa.
Nguồn: torchvision 0.29, ``transforms/_presets.py`` và
``transforms/functional.py``.
Nhà: nm/05.
"""

import numpy as np
import torch
from PIL import Image

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def crop(picture, side: int = 224, short: int = 256):
    """Thu cạnh ngắn về ``short`` điểm, rồi cắt ô vuông ở giữa.

    ``picture``: ảnh PIL; tỷ lệ cao rộng được giữ nguyên.
    """
    width, height = (short * v // min(picture.size) for v in picture.size)
    small = picture.convert("RGB").resize(
        (width, height), Image.Resampling.BILINEAR
    )
    left, top = (round((v - side) / 2) for v in small.size)
    return small.crop((left, top, left + side, top + side))


def prepare(picture, side: int = 224, short: int = 256):
    """Tensor (3, side, side): cắt, về [0, 1], rồi chuẩn tắc hóa.

    Trừ ``MEAN`` và chia ``STD`` của từng kênh, như lúc mạng học.
    """
    pixels = np.asarray(crop(picture, side, short), np.float32) / 255
    X = torch.from_numpy(pixels).permute(2, 0, 1)  # (3, side, side)
    mean, std = (torch.tensor(v)[:, None, None] for v in (MEAN, STD))
    return (X - mean) / std
