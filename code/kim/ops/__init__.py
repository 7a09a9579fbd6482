"""Bảng các phép của kim: mỗi phép một dòng công thức cạnh vjp của nó.

Chia theo họ: ``arith`` (số học), ``elementwise`` (từng phần tử),
``reduction`` (gộp theo trục), ``shape`` (đổi hình), ``linalg`` (nhân ma
trận), ``logarithmic`` (họ softmax), ``normal`` (chuẩn tắc hóa).

Nhà: dlsys/05.
"""

from .arith import add, div, mul, neg, pow, sub
from .elementwise import (
    cast,
    cos,
    exp,
    log,
    relu,
    sigmoid,
    sin,
    sqrt,
    tanh,
    where,
)
from .linalg import linear, matmul
from .logarithmic import cross_entropy, log_softmax, logsumexp, softmax
from .normal import standardize
from .reduction import amax, mean, sum, var
from .shape import expand, getitem, permute, reshape, scatter, transpose

__all__ = [
    "add",
    "amax",
    "cast",
    "cos",
    "cross_entropy",
    "div",
    "exp",
    "expand",
    "getitem",
    "linear",
    "log",
    "log_softmax",
    "logsumexp",
    "matmul",
    "mean",
    "mul",
    "neg",
    "permute",
    "pow",
    "relu",
    "reshape",
    "scatter",
    "sigmoid",
    "sin",
    "softmax",
    "sqrt",
    "standardize",
    "sub",
    "sum",
    "tanh",
    "transpose",
    "var",
    "where",
]
