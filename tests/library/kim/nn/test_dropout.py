"""Dropout: share of zeros, mean kept, identity in eval."""

import numpy as np
import pytest

from kim import Tensor, nn


def test_share_scale_and_dtype():
    x = Tensor(np.ones((200, 500), np.float32))
    y = nn.Dropout(0.3, rng=np.random.default_rng(0))(x)
    assert y.dtype == np.float32
    assert (y.array == 0).mean() == pytest.approx(0.3, abs=0.01)
    assert np.unique(y.array).tolist() == pytest.approx([0, 1 / 0.7])


def test_gradient_passes_where_the_signal_did():
    x = Tensor(np.ones((3, 4)), True)
    y = nn.Dropout(0.5, rng=np.random.default_rng(0))(x)
    y.sum().backward()
    np.testing.assert_array_equal(x.grad.array, y.array)


def test_eval_and_p_zero_are_the_identity():
    x = Tensor(np.ones(3))
    assert nn.Dropout(0.5).eval()(x) is x and nn.Dropout(0.0)(x) is x
    with pytest.raises(ValueError, match="p = 1"):
        nn.Dropout(1)
