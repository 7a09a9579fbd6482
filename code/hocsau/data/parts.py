"""Chia chỉ số thành ba phần mà giữ nguyên nhóm, hoặc giữ tỷ lệ lớp.

Nhà: nm/06.
"""

import torch


def cut(order, val: float, test: float):
    """Cắt ``order`` thành (học, kiểm định, kiểm tra) theo tỷ lệ.

    Lỗi: ``ValueError`` nếu tỷ lệ âm, hoặc không còn gì để học.
    """
    n = len(order)
    a, b = round(val * n), round(test * n)
    if val < 0 or test < 0 or a + b >= n:
        raise ValueError(
            f"cut: val = {val}, test = {test} với {n} phần tử; cần "
            "≥ 0 và còn ít nhất một phần tử để học"
        )
    return order.split([n - a - b, a, b])


def by_group(groups, *, val: float, test: float, rng):
    """Chia sao cho không nhóm nào nằm ở hai phần; tỷ lệ tính theo nhóm.

    ``groups``: (n,) mã nhóm (bệnh nhân, người viết). Trả về ba tensor
    chỉ số.
    """
    names, code = torch.unique(groups, return_inverse=True)
    order = torch.randperm(len(names), generator=rng)
    return tuple(
        torch.isin(code, part).nonzero()[:, 0]
        for part in cut(order, val, test)
    )


def by_class(y, *, val: float, test: float, rng):
    """Chia riêng từng lớp rồi gộp: mọi phần có cùng tỷ lệ lớp.

    ``y``: (n,). Trả về ba tensor chỉ số, đã xáo.
    """
    pieces = []
    for c in y.unique():
        rows = (y == c).nonzero()[:, 0]
        order = torch.randperm(len(rows), generator=rng)
        pieces.append(cut(rows[order], val, test))
    joined = [torch.cat(p) for p in zip(*pieces, strict=True)]
    return tuple(
        p[torch.randperm(len(p), generator=rng)] for p in joined
    )
