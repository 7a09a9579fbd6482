"""kim: thư viện học sâu viết từ đầu trên NumPy, từ vựng PyTorch.

    import kim
    x = kim.Tensor([1.0, 2.0], requires_grad=True)
    (x * x).sum().backward()
    x.grad                       # Tensor([2., 4.])

Nhà: dlsys/05.
"""

from . import data, init, nn, ops, optim
from .autograd import Op, grad, no_grad, set_grad_enabled, topo_sort
from .drawing import draw
from .numeric import gradcheck, numeric_grad
from .ops import (
    cos,
    exp,
    log,
    log_softmax,
    logsumexp,
    matmul,
    relu,
    sigmoid,
    sin,
    softmax,
    sqrt,
    tanh,
    where,
)
from .serialization import load, save
from .tensor import Tensor, as_tensor, from_numpy

__all__ = [
    "Op",
    "Tensor",
    "as_tensor",
    "cos",
    "data",
    "draw",
    "exp",
    "from_numpy",
    "grad",
    "gradcheck",
    "init",
    "load",
    "log",
    "log_softmax",
    "logsumexp",
    "matmul",
    "nn",
    "no_grad",
    "numeric_grad",
    "ops",
    "optim",
    "relu",
    "save",
    "set_grad_enabled",
    "sigmoid",
    "sin",
    "softmax",
    "sqrt",
    "tanh",
    "topo_sort",
    "where",
]
