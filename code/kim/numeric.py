"""Đạo hàm số và bộ kiểm tra gradient: một công cụ, dùng cho mọi phép.

Nhà: dlsys/04.
"""

import numpy as np

from .autograd import grad
from .tensor import Tensor


def numeric_grad(f, x, eps=1e-6):
    """Gradient của hàm f (mảng → số) tại x bằng sai phân trung tâm.

    ∂f/∂xᵢ ≈ (f(x + ε eᵢ) − f(x − ε eᵢ)) / 2ε, sai số O(ε²). Mỗi phần tử
    gọi f hai lần, nên chỉ hợp với x nhỏ. Trả mảng cùng shape với x.
    """
    x = np.array(x, dtype=np.float64)
    result = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + eps
        above = f(x)
        x[i] = old - eps
        below = f(x)
        x[i] = old
        result[i] = (above - below) / (2 * eps)
    return result


def gradcheck(f, *inputs, order=1, eps=1e-6, tol=1e-5, rng=None):
    """So gradient của f với đạo hàm số; đúng thì trả True.

    f nhận các Tensor float64 cùng shape với ``inputs``, trả một Tensor
    shape bất kỳ. Kết quả được chiếu lên một hướng ngẫu nhiên u thành
    một số uᵀf, nên một lượt truyền ngược là đủ. Đạt nếu ở mọi vị trí
    |giải tích − số| ≤ tol · (1 + |số|). ``order=2`` kiểm tra luôn
    gradient của gradient.

    Lỗi: ``AssertionError`` kể đầu vào, vị trí và hai giá trị lệch nhau.
    Nguồn: ``torch.autograd.gradcheck``.
    """
    rng = rng or np.random.default_rng(0)
    arrays = [np.asarray(getattr(x, "array", x), float) for x in inputs]
    u = rng.standard_normal(f(*map(Tensor, arrays)).shape)
    for i, x in enumerate(arrays):
        analytic = gradient(f, arrays, u)[i]
        numeric = numeric_grad(
            lambda v, i=i: projected(f, arrays, i, v, u), x, eps
        )
        compare(f"đầu vào {i}", analytic, numeric, tol)
    if order > 1:
        first = gradient_sum(f, u, rng, arrays)
        options = {"eps": eps, "tol": tol, "rng": rng}
        gradcheck(first, *arrays, order=order - 1, **options)
    return True


def gradient(f, arrays, u):
    """Gradient giải tích của uᵀf theo từng đầu vào, dạng mảng."""
    xs = [Tensor(x, requires_grad=True) for x in arrays]
    grads = grad((f(*xs) * u).sum(), xs, allow_unused=True)
    return [
        np.zeros(x.shape) if g is None else g.array
        for g, x in zip(grads, xs, strict=True)
    ]


def projected(f, arrays, i, v, u):
    """Số uᵀf khi đầu vào thứ i được thay bằng v."""
    xs = [Tensor(v if j == i else x) for j, x in enumerate(arrays)]
    return float((f(*xs).array * u).sum())


def gradient_sum(f, u, rng, arrays):
    """Hàm của các đầu vào: Σ wᵢ · ∂(uᵀf)/∂xᵢ với hướng w ngẫu nhiên."""
    w = [rng.standard_normal(x.shape) for x in arrays]

    def first(*xs):
        xs = [x if x.requires_grad else Tensor(x, True) for x in xs]
        grads = grad(
            (f(*xs) * u).sum(), xs, create_graph=True, allow_unused=True
        )
        total = sum(x.sum() * 0 for x in xs)  # nối với mọi x
        for g, wi in zip(grads, w, strict=True):
            total = total if g is None else total + (g * wi).sum()
        return total

    return first


def compare(where, analytic, numeric, tol):
    """Báo chỗ lệch nhiều nhất giữa hai gradient nếu vượt ``tol``."""
    error = np.abs(analytic - numeric) / (1 + np.abs(numeric))
    if not np.all(error <= tol):
        worst = np.argmax(np.nan_to_num(error, nan=np.inf))
        i = tuple(map(int, np.unravel_index(worst, error.shape)))
        raise AssertionError(
            f"gradcheck: {where}, vị trí {i}: giải tích "
            f"{analytic[i]:.6g} ≠ số {numeric[i]:.6g}"
        )
