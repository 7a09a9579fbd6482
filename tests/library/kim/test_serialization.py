"""Save and load through a file."""

import numpy as np
import pytest

import kim
from kim import nn


def model(seed):
    rng = np.random.default_rng(seed)
    return nn.Sequential(nn.Linear(3, 4, rng=rng), nn.BatchNorm1d(4))


def test_round_trip_gives_the_same_function(tmp_path):
    a, b = model(0), model(1)
    x = kim.Tensor(np.random.default_rng(2).random((5, 3), dtype=np.float32))
    a(x)  # moves the running statistics
    path = tmp_path / "mô hình.kim"  # the name is kept as it is
    kim.save(a.state_dict(), path)
    b.load_state_dict(kim.load(path))
    a.eval(), b.eval()
    assert path.exists() and (a(x) == b(x)).array.all()


def test_pickled_objects_are_refused(tmp_path):
    path = tmp_path / "x.npz"
    np.savez(path, w=np.array([{}], dtype=object))
    with pytest.raises(ValueError):
        kim.load(path)


def test_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        kim.load(tmp_path / "none.npz")
