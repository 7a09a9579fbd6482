"""Khoảng tin cậy của độ chính xác và so sánh hai mô hình theo cặp.

Nhà: mit/lab2-1.
"""

import math
from statistics import NormalDist

import torch


def wilson(hits: int, n: int, *, level: float = 0.95):
    """Khoảng Wilson của tỷ lệ ``hits / n``: cặp (thấp, cao).

    Gồm mọi tỷ lệ thật p mà |hits/n − p| ≤ z·sqrt(p(1−p)/n).
    Lỗi: ``ValueError`` nếu không có 0 ≤ hits ≤ n và n ≥ 1.
    Nguồn: Wilson (1927).
    """
    if n < 1 or not 0 <= hits <= n:
        raise ValueError(
            f"wilson: hits = {hits}, n = {n}; cần 0 ≤ hits ≤ n, n ≥ 1"
        )
    z = NormalDist().inv_cdf(0.5 + level / 2)
    p, shrink = hits / n, 1 + z * z / n
    centre = (p + z * z / (2 * n)) / shrink
    spread = z / shrink * math.sqrt(p * (1 - p) / n + (z / n / 2) ** 2)
    return max(centre - spread, 0.0), min(centre + spread, 1.0)


def wald(hits: int, n: int, *, level: float = 0.95):
    """Khoảng Wald p̂ ± z·sqrt(p̂(1−p̂)/n); hụt khi p̂ gần 0 hay 1."""
    z = NormalDist().inv_cdf(0.5 + level / 2)
    p = hits / n
    spread = z * math.sqrt(p * (1 - p) / n)
    return p - spread, p + spread


def bootstrap(values, *, rng, level=0.95, rounds: int = 2000):
    """Khoảng phân vị bootstrap của trung bình ``values``, (n,).

    Bốc lại n mẫu có hoàn lại ``rounds`` lần, lấy hai phân vị của các
    trung bình. Nguồn: Efron (1979).
    """
    values = torch.as_tensor(values).reshape(-1).double()
    n = len(values)
    pick = torch.randint(n, (rounds, n), generator=rng)
    means = values[pick].mean(1)  # (rounds,)
    tail = (1 - level) / 2
    ends = torch.tensor([tail, 1 - tail], dtype=torch.float64)
    low, high = means.quantile(ends).tolist()
    return low, high


def mcnemar(first, second) -> float:
    """Trị số p của phép thử McNemar chính xác, hai phía.

    ``first``, ``second``: (n,) đúng hay sai của hai mô hình trên cùng
    các mẫu. Chỉ b mẫu chỉ ``first`` đúng và c mẫu chỉ ``second`` đúng
    là có tiếng nói: nếu hai mô hình ngang nhau thì b ~ B(b + c, 1/2).
    Lỗi: ``ValueError`` nếu hai bên khác số mẫu.
    Nguồn: McNemar (1947).
    """
    first = torch.as_tensor(first).reshape(-1).bool()
    second = torch.as_tensor(second).reshape(-1).bool()
    if len(first) != len(second):
        raise ValueError(
            f"mcnemar: {len(first)} và {len(second)} mẫu; hai mô hình "
            "phải được chấm trên cùng các mẫu"
        )
    b = int((first & ~second).sum())
    c = int((second & ~first).sum())
    tail = sum(math.comb(b + c, i) for i in range(min(b, c) + 1))
    return min(1.0, 2 * tail / 2 ** (b + c))
