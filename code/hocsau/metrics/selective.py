"""Phân loại có quyền từ chối: tỷ lệ nhận, sai sót, giá và ngưỡng.

Máy chỉ trả lời khi độ tự tin ≥ ngưỡng; ảnh còn lại chuyển cho người.
Tỷ lệ nhận là phần được trả lời, sai sót là tỷ lệ sai trong phần ấy.
Nhà: du-an/anh.
"""

import math

import torch


def paired(confidence, correct):
    """Hai tensor (n,) đã soát: độ tự tin float64 và đúng hay sai.

    Lỗi: ``ValueError`` nếu rỗng, lệch độ dài hay có nan.
    """
    confidence = torch.as_tensor(confidence).reshape(-1).double()
    correct = torch.as_tensor(correct).reshape(-1).bool()
    if len(confidence) != len(correct) or not len(correct):
        raise ValueError(
            f"{len(confidence)} độ tự tin cho {len(correct)} kết quả "
            "đúng sai; cần bằng nhau, ít nhất 1"
        )
    if confidence.isnan().any():
        raise ValueError("confidence có nan; kiểm tra logit và X")
    return confidence, correct


def counts(confidence, correct):
    """Hạ dần ngưỡng: số ảnh được nhận, số lỗi trong đó, ngưỡng.

    Ba tensor (m,), m là số mức tự tin khác nhau; ảnh đồng mức vào cùng
    một lúc.
    """
    confidence, correct = paired(confidence, correct)
    order = confidence.argsort(descending=True, stable=True)
    confidence, wrong = confidence[order], ~correct[order]
    last = torch.ones(len(wrong), dtype=torch.bool)
    last[:-1] = confidence[1:] != confidence[:-1]
    accepted = torch.arange(1, len(wrong) + 1)
    return accepted[last], wrong.cumsum(0)[last], confidence[last]


def risk_coverage(confidence, correct):
    """Ba tensor (m,): tỷ lệ nhận, sai sót và ngưỡng, hạ dần ngưỡng."""
    accepted, errors, thresholds = counts(confidence, correct)
    return accepted / len(correct), errors / accepted, thresholds


def upper_error(errors, n, *, level: float = 0.95):
    """Cận trên một phía của tỷ lệ lỗi sau ``errors`` lỗi trên ``n``.

    Số p nhỏ nhất mà P(B(n, p) ≤ errors) ≤ 1 − level. Không có lỗi nào
    thì p = 1 − (1 − level)^(1/n), xấp xỉ 3/n ở mức 95%.
    Nguồn: Clopper và Pearson (1934).
    """
    from scipy.special import betaincinv

    errors = torch.as_tensor(errors).double()
    rest = torch.as_tensor(n).double() - errors
    if (rest < 0).any() or (errors < 0).any():
        raise ValueError(
            f"upper_error: errors = {errors}, n = {n}; cần "
            "0 ≤ errors ≤ n"
        )
    tail = torch.as_tensor(
        betaincinv((errors + 1).numpy(), rest.numpy(), level)
    )
    return torch.where(rest > 0, tail, 1.0)


def safe_threshold(
    confidence, correct, *, risk: float, level=0.95
) -> float:
    """Ngưỡng thấp nhất mà cận trên của sai sót không quá ``risk``.

    Không ngưỡng nào đạt thì vô cùng: từ chối tất cả. Đã chọn trong
    nhiều ngưỡng thì cận ấy không còn là lời bảo đảm; phải kiểm lại trên
    ảnh khác.
    """
    accepted, errors, thresholds = counts(confidence, correct)
    fine = upper_error(errors, accepted, level=level) <= risk
    return thresholds[fine].min().item() if fine.any() else math.inf


def chow_threshold(*, reject: float, error: float) -> float:
    """Ngưỡng rẻ nhất nếu độ tự tin là xác suất đúng: 1 − reject/error.

    ``reject``: giá một ảnh chuyển cho người; ``error``: giá một lỗi.
    Nguồn: Chow (1970).
    """
    if not 0 < reject < error:
        raise ValueError(
            f"chow_threshold: reject = {reject}, error = {error}; cần "
            "0 < reject < error, nếu không thì chẳng nên từ chối"
        )
    return 1 - reject / error


def handling_cost(
    confidence, correct, threshold: float, *, reject, error
) -> float:
    """Giá trung bình một ảnh: chuyển cho người, hoặc máy đọc sai."""
    confidence, correct = paired(confidence, correct)
    accept = confidence >= threshold
    wrong = (accept & ~correct).sum().item()
    refused = (~accept).sum().item()
    return (reject * refused + error * wrong) / len(correct)
