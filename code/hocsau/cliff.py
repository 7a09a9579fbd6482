"""Vách đá: mất mát của một mạng hồi tiếp chỉ có một nút.

Trạng thái đi 50 bước ``h ← w σ(h) + b`` từ 0.5, mất mát là
``(σ(h) − 0.7)²`` ở bước cuối. Nguồn: Pascanu, Mikolov và Bengio (2013),
hình 6.
Nhà: nm/09.
"""

import numpy as np

START, TARGET, STEPS = 0.5, 0.7, 50


def loss_grad(w, b):
    """Mất mát và gradient; ``w``, ``b``: (...) → (...), (2, ...).

    Đạo hàm đi cùng trạng thái, theo quy tắc dây chuyền, từng bước một.
    """
    h, dw, db = START, 0.0, 0.0
    for _ in range(STEPS):
        s = 1 / (1 + np.exp(-h))
        slope = w * s * (1 - s)  # ∂h_mới/∂h_cũ
        dw, db = s + slope * dw, 1 + slope * db
        h = w * s + b
    s = 1 / (1 + np.exp(-h))
    outer = 2 * (s - TARGET) * s * (1 - s)  # ∂loss/∂h
    return (s - TARGET) ** 2, np.stack([outer * dw, outer * db])


def clip(grad, max_norm):
    """Co ``grad`` (2, ...) về chuẩn ``max_norm`` nếu nó dài hơn."""
    norm = np.hypot(*grad)
    return grad * np.minimum(1, max_norm / np.maximum(norm, 1e-30))


def descend(start, *, lr, max_norm=np.inf, num_steps=300):
    """Đường hạ gradient có gọt: (num_steps + 1, 2, ...).

    ``start``: (2, ...), một hay nhiều điểm (w, b). ``max_norm`` vô cùng
    là không gọt.
    """
    path = [np.array(start, dtype=float)]
    for _ in range(num_steps):
        grad = loss_grad(*path[-1])[1]
        if np.isfinite(max_norm):
            grad = clip(grad, max_norm)
        path.append(path[-1] - lr * grad)
    return np.stack(path)
