"""A sheet of small pictures: places, frames."""

import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from hocsau.plot import pictures


def page(X, **kw):
    fig, ax = plt.subplots()
    image = pictures.sheet(ax, X, **kw).images[0].get_array()
    plt.close(fig)
    return np.asarray(image)


def test_pictures_stand_row_by_row():
    X = np.zeros((3, 3, 4, 4))
    X[:, 0] = np.array([0.2, 0.4, 0.6])[:, None, None]
    got = page(X, cols=2, gap=1)
    assert got.shape == (11, 11, 3)
    assert got[1, 1, 0] == 0.2 and got[1, 6, 0] == 0.4 and got[6, 1, 0] == 0.6
    assert (got[6, 6] == 1).all()  # chỗ trống còn trắng


def test_only_the_framed_are_framed():
    X = np.zeros((2, 3, 4, 4))
    got = page(X, cols=2, gap=1, framed=[False, True])
    assert np.allclose(got[0, 6], pictures.FRAME)
    assert (got[0, 2] == 1).all() and (got[2, 2] == 0).all()
