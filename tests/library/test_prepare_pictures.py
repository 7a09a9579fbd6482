"""Pictures for ImageNet networks: undistorted, centred, standardised."""

import numpy as np
import torch
from PIL import Image

from hocsau.data import pictures


def test_mean_colour_becomes_zero():
    grey = np.empty((300, 500, 3), np.uint8)
    grey[:] = np.round(np.array(pictures.MEAN) * 255)
    X = pictures.prepare(Image.fromarray(grey))
    assert X.shape == (3, 224, 224) and X.dtype == torch.float32
    assert X.abs().max() < 0.01


def test_one_unit_is_one_standard_deviation():
    white = Image.new("RGB", (256, 256), "white")
    X = pictures.prepare(white)[:, 0, 0]
    want = [(1 - m) / s for m, s in zip(pictures.MEAN, pictures.STD, strict=True)]
    assert torch.allclose(X, torch.tensor(want))


def test_a_wide_picture_is_cut_not_squeezed():
    rows, columns = np.mgrid[:256, :512]
    disc = (rows - 128) ** 2 + (columns - 256) ** 2 < 80**2
    picture = Image.fromarray((disc * 255).astype(np.uint8))
    seen = np.asarray(pictures.crop(picture))[:, :, 0] > 128
    high, wide = seen.any(1).sum(), seen.any(0).sum()
    assert abs(int(high) - int(wide)) <= 1 and high > 150


def test_sizes_are_those_of_torchvision(monkeypatch):
    """China.jpg, 640 x 427: int(256 * 640 / 427) = 383 wide, cut at round(79.5)."""
    done = []
    resize, cut = Image.Image.resize, Image.Image.crop
    monkeypatch.setattr(
        Image.Image, "resize", lambda s, *a: done.append(a) or resize(s, *a)
    )
    monkeypatch.setattr(Image.Image, "crop", lambda s, *a: done.append(a) or cut(s, *a))
    pictures.crop(Image.new("L", (640, 427)))
    pictures.crop(Image.new("RGB", (427, 640)))
    bilinear = Image.Resampling.BILINEAR
    assert done == [
        ((383, 256), bilinear), ((80, 16, 304, 240),),
        ((256, 383), bilinear), ((16, 80, 240, 304),),
    ]  # fmt: skip
