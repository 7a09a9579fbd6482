"""The lab's own pictures as two .npy files: order, range, errors."""

import numpy as np
import pytest

from hocsau.data import face_arrays


def write(folder, n=6, labels=None):
    images = np.zeros((n, 64, 64, 3), np.uint8)
    images[..., 0] = 255  # kênh đầu trong tệp là lam
    images[:, 0, 1] = np.arange(n)[:, None]
    np.save(folder / "images.npy", images)
    labels = np.arange(n)[:, None] % 2 if labels is None else labels
    np.save(folder / "labels.npy", labels)


def test_faces_and_others_in_order_rgb_and_scaled(tmp_path):
    write(tmp_path)
    face, other = face_arrays.load(tmp_path)
    assert face.shape == other.shape == (3, 3, 64, 64)
    assert face[0, :, 5, 5].tolist() == [0, 0, 1]
    assert (face[:, 0, 0, 1] * 255).round().tolist() == [1, 3, 5]
    assert (other[:, 0, 0, 1] * 255).round().tolist() == [0, 2, 4]


def test_limit_keeps_the_first_of_each(tmp_path):
    write(tmp_path)
    assert [len(X) for X in face_arrays.load(tmp_path, limit=2)] == [2, 2]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"images\.npy"):
        face_arrays.load(tmp_path)


def test_wrong_shapes_are_refused(tmp_path):
    write(tmp_path, labels=np.zeros(5))
    with pytest.raises(ValueError, match="6 ảnh nhưng 5"):
        face_arrays.load(tmp_path)
    np.save(tmp_path / "images.npy", np.zeros((6, 32, 32, 3), np.uint8))
    with pytest.raises(ValueError, match="64, 64, 3"):
        face_arrays.load(tmp_path)
