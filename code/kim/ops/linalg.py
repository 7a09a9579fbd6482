"""Nhân ma trận và tầng tuyến tính.

Ký hiệu: g = ∂L/∂y, có shape của y. Vì phép nhân đắt nhất mạng, vjp chỉ
tính những phần có đầu vào cần gradient.

Nhà: dlsys/05.
"""

from ..autograd import Op
from .reduction import sum
from .shape import reshape


class MatMul(Op):
    """y = a b; ā = g bᵀ, b̄ = aᵀ g (trên hai trục cuối)."""

    def forward(self, a, b):
        return a @ b

    def vjp(self, g, out, a, b):
        return (
            g @ b.mT if a.requires_grad else None,
            a.mT @ g if b.requires_grad else None,
        )

    def reason(self, a, b):
        if len(a) < 2 or len(b) < 2:
            return "cần ít nhất hai chiều"
        if a[-1] != b[-2]:
            return f"trục trong {a[-1]} ≠ {b[-2]}"
        return "các trục đứng trước không broadcasting được"


class Linear(Op):
    """y = x Wᵀ + b; x̄ = g W, W̄ = gᵀ x, b̄ = Σ g theo batch."""

    def forward(self, x, w, b=0):
        y = x @ w.T
        y += b
        return y

    def vjp(self, g, out, x, w, b=None):
        gx = g @ w if x.requires_grad else None
        gw = g.T @ x if w.requires_grad else None
        return (gx, gw) if b is None else (gx, gw, sum(g, 0))

    def reason(self, x, w, b=None):
        if x[-1] != w[1]:
            return f"x có {x[-1]} đặc trưng ≠ weight có {w[1]}"
        return f"bias {b} ≠ ({w[0]},)"


def matmul(a, b):
    """Tích ma trận a b; vector được thêm trục rồi bỏ trục, như NumPy.

    Shape: (..., m, k) với (..., k, n) → (..., m, n), các trục đứng
    trước theo broadcasting. Lỗi: ``ValueError`` nếu trục trong khác
    nhau.
    """
    row, column = len(a.shape) == 1, len(b.shape) == 1
    y = MatMul()(
        reshape(a, 1, -1) if row else a,
        reshape(b, -1, 1) if column else b,
    )
    if row:
        y = reshape(y, y.shape[:-2] + y.shape[-1:])
    return reshape(y, y.shape[:-1]) if column else y


def linear(x, weight, bias=None):
    """Tầng tuyến tính y = x Wᵀ + b, gộp nhân và cộng trong một nút.

    Shape: x (..., in), weight (out, in), bias (out,) → (..., out).
    Nguồn: ``torch.nn.functional.linear``.
    """
    inputs = (weight,) if bias is None else (weight, bias)
    if x.ndim == 2:
        return Linear()(x, *inputs)
    y = Linear()(reshape(x, -1, x.shape[-1]), *inputs)
    return reshape(y, *x.shape[:-1], weight.shape[0])
