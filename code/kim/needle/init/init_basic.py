"""Tensor hằng và ngẫu nhiên; shape là các đối số vị trí.

Nhà: dlsys/08.
"""

from ..autograd import Tensor
from ..backend_numpy import cpu


def make(array, device, dtype, requires_grad):
    """Tensor từ mảng với ba tùy chọn chung."""
    return Tensor(
        array, device=device, dtype=dtype, requires_grad=requires_grad
    )


def rand(
    *shape, low=0.0, high=1.0,
    device=None, dtype="float32", requires_grad=False,
):
    """Đều trên [low, high)."""
    array = cpu().rand(*shape) * (high - low) + low
    return make(array, device, dtype, requires_grad)


def randn(
    *shape, mean=0.0, std=1.0,
    device=None, dtype="float32", requires_grad=False,
):
    """Gauss N(mean, std²)."""
    array = cpu().randn(*shape) * std + mean
    return make(array, device, dtype, requires_grad)


def constant(
    *shape, c=1.0, device=None, dtype="float32", requires_grad=False
):
    """Mọi phần tử bằng c."""
    array = cpu().full(shape, c, dtype)
    return make(array, device, dtype, requires_grad)


def ones(*shape, **kwargs):
    """Toàn số 1."""
    return constant(*shape, c=1.0, **kwargs)


def zeros(*shape, **kwargs):
    """Toàn số 0."""
    return constant(*shape, c=0.0, **kwargs)


def randb(
    *shape, p=0.5, device=None, dtype="bool", requires_grad=False
):
    """Bernoulli: đúng với xác suất p."""
    array = cpu().rand(*shape) <= p
    return make(array, device, dtype, requires_grad)


def one_hot(n, i, device=None, dtype="float32", requires_grad=False):
    """Mỗi nhãn trong Tensor i thành một hàng one-hot dài n."""
    array = cpu().one_hot(n, i.numpy().astype("int32"), dtype)
    return make(array, device, dtype, requires_grad)


def zeros_like(array, *, device=None, requires_grad=False):
    """Toàn số 0, cùng shape và dtype."""
    kwargs = {"dtype": array.dtype, "requires_grad": requires_grad}
    return zeros(*array.shape, device=device, **kwargs)


def ones_like(array, *, device=None, requires_grad=False):
    """Toàn số 1, cùng shape và dtype."""
    kwargs = {"dtype": array.dtype, "requires_grad": requires_grad}
    return ones(*array.shape, device=device, **kwargs)
