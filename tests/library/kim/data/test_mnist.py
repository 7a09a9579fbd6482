"""The IDX reader on files written here byte by byte."""

import gzip
import struct

import numpy as np
import pytest

from kim.data import MNIST, DataLoader, read_idx


def idx(array, code):
    head = struct.pack(">BBBB", 0, 0, code, array.ndim)
    dims = struct.pack(f">{array.ndim}I", *array.shape)
    return head + dims + array.astype(array.dtype.newbyteorder(">")).tobytes()


def write(folder, prefix="train", n=5, labels=None):
    images = np.arange(n * 28 * 28, dtype=np.uint8).reshape(n, 28, 28)
    labels = np.arange(n if labels is None else labels, dtype=np.uint8)
    (folder / f"{prefix}-images-idx3-ubyte.gz").write_bytes(
        gzip.compress(idx(images, 0x08))
    )
    (folder / f"{prefix}-labels-idx1-ubyte").write_bytes(idx(labels, 0x08))
    return images, labels


@pytest.mark.parametrize(
    "dtype, code",
    [("u1", 8), ("i1", 9), ("i2", 11), ("i4", 12), ("f4", 13), ("f8", 14)],
)
def test_every_type_of_the_format(tmp_path, dtype, code):
    array = np.array([[1, -2, 3]]).astype(dtype)
    path = tmp_path / "x"
    path.write_bytes(idx(array, code))
    result = read_idx(path)
    assert result.dtype == array.dtype and (result == array).all()


@pytest.mark.parametrize(
    "raw, words",
    [
        (b"", "không phải tệp IDX"),
        (b"\0\0\x07\x01\0\0\0\0", "không phải tệp IDX"),
        (b"\0\0\x08\x01\0\0\0\x05abc", r"\(5,\), dữ liệu có 3 byte"),
    ],
)
def test_broken_files(tmp_path, raw, words):
    path = tmp_path / "x"
    path.write_bytes(raw)
    with pytest.raises(ValueError, match=words):
        read_idx(path)


def test_mnist_plain_and_gzip(tmp_path):
    images, labels = write(tmp_path)
    data = MNIST(tmp_path)
    img, label = data[3]
    assert len(data) == 5 and img.shape == (28, 28) and label == 3
    assert img.dtype == np.float32 and img.max() <= 1
    np.testing.assert_allclose(img, images[3] / np.float32(255))
    x, y = next(iter(DataLoader(data, 4)))
    assert x.shape == (4, 28, 28) and y.array.tolist() == labels[:4].tolist()


def test_transform_reaches_every_batch(tmp_path):
    write(tmp_path, "t10k")
    data = MNIST(tmp_path, train=False, transform=lambda img: img * 0 + 2)
    x, _ = next(iter(DataLoader(data, 5)))
    assert (x.array == 2).all()


def test_missing_and_unequal_files(tmp_path):
    with pytest.raises(FileNotFoundError, match="train-images-idx3-ubyte"):
        MNIST(tmp_path)
    write(tmp_path, labels=4)
    with pytest.raises(ValueError, match="5 ảnh nhưng 4 nhãn"):
        MNIST(tmp_path)
