"""Độ chính xác, ma trận nhầm lẫn, precision, recall và F1.

Mỗi độ đo nhận ``output`` của cả tập và nhãn ``y``.
Nhà: nyu/02-3.
"""

import torch


def predict(output: torch.Tensor) -> torch.Tensor:
    """Lớp được đoán, (n,) int64.

    ``output``: (n, k) điểm hay logit thì lấy lớp điểm cao nhất; một
    logit mỗi mẫu, (n,) hay (n, 1), thì dương là lớp 1.
    Lỗi: ``ValueError`` nếu có nan.
    """
    if output.isnan().any():
        raise ValueError(
            "output có nan nên không đoán được lớp nào; kiểm tra X, "
            "hoặc giảm lr"
        )
    if output.dim() == 1 or output.shape[1] == 1:
        return (output.reshape(-1) > 0).long()
    return output.argmax(1)


def accuracy(output: torch.Tensor, y: torch.Tensor) -> float:
    """Độ chính xác: tỷ lệ mẫu có lớp đoán trùng với nhãn.

    ``output``: như ``predict``; ``y``: (n,) nhãn.
    Lỗi: ``ValueError`` nếu số mẫu của hai bên khác nhau.
    """
    return (predict(output) == labels(output, y)).double().mean().item()


def labels(output, y) -> torch.Tensor:
    """Nhãn (n,) int64, sau khi soát rằng nó hợp với ``output``.

    Lỗi: ``ValueError`` nếu khác số mẫu, rỗng, hay có nhãn không phải
    số thứ tự lớp từ 0 tới k − 1 (một logit thì k = 2).
    """
    if len(output) != len(y) or not len(y):
        raise ValueError(
            f"output có {len(output)} mẫu, y có {len(y)}; cần bằng "
            "nhau và ít nhất một"
        )
    if y.numel() != len(y):
        raise ValueError(
            f"y có kích thước {tuple(y.shape)}, cần (n,) số thứ tự "
            "lớp; mã one-hot thì gọi y.argmax(1)"
        )
    y, k = y.reshape(-1), num_classes(output)
    fine = (y >= 0) & (y < k) & (y == y.long())
    if not fine.all():
        wrong = y[~fine][0].item()
        raise ValueError(
            f"y có nhãn {wrong:g}, nhưng output có {k} lớp nên nhãn "
            f"phải là số nguyên từ 0 tới {k - 1}; đánh số lại y"
        )
    return y.long()


def num_classes(output) -> int:
    """Số lớp mà ``output`` phân biệt; một logit mỗi mẫu là hai lớp."""
    return 2 if output.dim() == 1 else max(output.shape[1], 2)


def confusion_matrix(output, y, *, num_classes: int | None = None):
    """Ma trận nhầm lẫn C (k, k): C[i, j] là số mẫu lớp i bị đoán là j.

    ``num_classes``: k; bỏ trống thì suy từ nhãn và lớp đoán.
    Lỗi: ``ValueError`` nếu có nhãn ngoài 0..k−1.
    """
    y, y_hat = labels(output, y), predict(output)
    top = int(max(y.max(), y_hat.max())) + 1
    k = num_classes or top
    if top > k or y.min() < 0:
        raise ValueError(
            f"confusion_matrix: nhãn phải từ 0 tới {k - 1}, "
            f"nhận từ {int(y.min())} tới {top - 1}"
        )
    return torch.bincount(y * k + y_hat, minlength=k * k).reshape(k, k)


def precision(output, y, *, positive: int = 1) -> float:
    """Precision: trong các mẫu đoán là ``positive``, bao nhiêu là thật.

    TP / (TP + FP); không đoán mẫu nào là ``positive`` thì nan.
    """
    y, y_hat = against(output, y, positive)
    return ratio(y[y_hat])


def recall(output, y, *, positive: int = 1) -> float:
    """Recall: trong các mẫu thật sự ``positive``, tìm ra bao nhiêu.

    TP / (TP + FN); tập không có mẫu ``positive`` nào thì nan.
    """
    y, y_hat = against(output, y, positive)
    return ratio(y_hat[y])


def against(output, y, positive: int):
    """Mẫu nào thật là ``positive``, mẫu nào bị đoán thế: hai (n,) bool.

    Lỗi: ``ValueError`` nếu ``output`` không có lớp ``positive``.
    """
    k = num_classes(output)
    if positive not in range(k):
        raise ValueError(
            f"positive = {positive}, nhưng output có {k} lớp; chọn "
            f"positive từ 0 tới {k - 1}"
        )
    return labels(output, y) == positive, predict(output) == positive


def ratio(hits: torch.Tensor) -> float:
    """Tỷ lệ đúng trong ``hits``; rỗng thì nan."""
    return hits.double().mean().item()


def f1(output, y, *, positive: int = 1) -> float:
    """F1 = 2·TP / (2·TP + FP + FN), trung bình điều hòa của hai số trên.

    Không có mẫu và không có dự đoán ``positive`` nào thì nan.
    """
    y, y_hat = against(output, y, positive)
    total = (y.sum() + y_hat.sum()).item()
    hits = (y & y_hat).sum().item()
    return 2 * hits / total if total else float("nan")
