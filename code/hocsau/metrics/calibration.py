"""Hiệu chuẩn: xác suất mô hình nói ra có đúng với tần suất không.

Nhà: nyu/02-3.
"""

import torch


def reliability(confidence, correct, *, bins: int = 10):
    """Gom mẫu theo độ tự tin rồi so với tỷ lệ đúng thật của từng khoảng.

    ``confidence``: (n,) trong [0, 1]; ``correct``: (n,) đúng hay sai;
    chia [0, 1] thành ``bins`` khoảng đều, mép phải thuộc khoảng.
    Trả về ba tensor (bins,): tự tin trung bình, tỷ lệ đúng (khoảng rỗng
    thì nan) và số mẫu.
    """
    confidence = confidence.reshape(-1).double()
    correct = correct.reshape(-1).double()
    if len(confidence) != len(correct) or not len(correct):
        raise ValueError(
            f"reliability: {len(confidence)} độ tự tin cho "
            f"{len(correct)} kết quả đúng sai; cần bằng nhau, ít nhất 1"
        )
    if not ((confidence >= 0) & (confidence <= 1)).all():
        raise ValueError(
            "reliability: confidence phải trong [0, 1], không nan; "
            "logit thì đưa qua softmax hay sigmoid trước"
        )
    edges = torch.linspace(0, 1, bins + 1, dtype=torch.float64)
    at = torch.bucketize(confidence, edges[1:-1])  # (n,)
    count = torch.bincount(at, minlength=bins)
    said = torch.bincount(at, confidence, minlength=bins) / count
    got = torch.bincount(at, correct, minlength=bins) / count
    return said, got, count


def calibration_error(confidence, correct, *, bins: int = 10) -> float:
    """ECE: độ lệch |tự tin − tỷ lệ đúng|, trung bình theo số mẫu.

    Phụ thuộc cách chia khoảng: so sánh thì giữ cùng ``bins``.
    Nguồn: Naeini và cộng sự (2015).
    """
    said, got, count = reliability(confidence, correct, bins=bins)
    full = count > 0
    gap = (said - got).abs()[full] * count[full]
    return (gap.sum() / count.sum()).item()
