"""Gradient bằng cách nhích từng tham số, để soi lượt ngược viết tay.

[nudged] đo, [relative_error] so; hai hàm này chậm, ngắn, khó viết sai.
Nhà: nm/02.
"""

import torch


@torch.no_grad()
def nudged(f, params, *, eps: float = 1e-5, central: bool = True):
    """Gradient của số ``f(params)`` bằng sai phân: bộ như ``params``.

    Trung tâm: (f(θ + ε) − f(θ − ε)) / 2ε, gọi f 2m lần; tiến:
    (f(θ + ε) − f(θ)) / ε, gọi f m + 1 lần, với m là số phần tử.
    Không đụng tới ``params``.
    """
    params = [p.clone().contiguous() for p in params]
    here = None if central else f(params)
    grads = [torch.empty_like(p) for p in params]
    for p, g in zip(params, grads, strict=True):
        flat, out = p.view(-1), g.view(-1)
        for i, old in enumerate(flat.tolist()):
            flat[i] = old + eps
            up = f(params)
            flat[i] = old - eps
            low = f(params) if central else here
            out[i] = (up - low) / (2 * eps if central else eps)
            flat[i] = old
    return tuple(grads)


def relative_error(grads, reference) -> float:
    """‖a − b‖ / max(‖a‖, ‖b‖), nối mọi tensor thành một vector.

    Từ 0 (trùng nhau) tới 2; hai bên cùng bằng 0 thì trả 0.
    """
    a, b = (
        torch.cat([g.reshape(-1) for g in s])
        for s in (grads, reference)
    )
    scale = max(a.norm(), b.norm())
    return ((a - b).norm() / scale).item() if scale > 0 else 0.0
