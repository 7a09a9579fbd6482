"""Soát dữ liệu trước khi nó làm hỏng lần chạy, và nói rõ cách chữa.

Điều PyTorch bỏ qua hay làm theo ý nó thì soát trước: ``owned``,
``inputs``, ``checked``. Điều nó có báo, nhưng bằng câu khó hiểu, thì
``explained`` (ở ``hocsau.train.explain``) nói lại.
Nhà: nm/07.
"""

import math
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F


def owned(optimizer, model, loss_fn) -> None:
    """Tham số nào của ``optimizer`` cũng là của mô hình hay mất mát.

    Không thì chúng chẳng bao giờ có gradient, và mất mát đứng yên.
    """
    known = {id(p) for p in model.parameters()}
    if isinstance(loss_fn, nn.Module):
        known |= {id(p) for p in loss_fn.parameters()}
    held = [p for g in optimizer.param_groups for p in g["params"]]
    stray = sum(id(p) not in known for p in held)
    if stray:
        raise ValueError(
            f"optimizer giữ {stray} tham số không thuộc model (của mô "
            "hình khác, hay của một tầng đã bị thay); dựng lại "
            "optimizer từ model.parameters()"
        )


def tensors(X, y) -> None:
    """Một batch: X và y đều là tensor."""
    for name, values in (("X", X), ("y", y)):
        if not isinstance(values, torch.Tensor):
            raise ValueError(
                f"{name} là {type(values).__name__}, cần tensor; đổi "
                f"trước khi chia batch bằng torch.as_tensor({name}), "
                "số thực của NumPy thì thêm .float()"
            )


def inputs(X, y) -> None:
    """Một batch: X và y cùng dài, số thực nào cũng hữu hạn.

    Lỗi: ``ValueError`` gọi tên X hay y và nêu cách chữa.
    """
    if len(X) != len(y):
        raise ValueError(
            f"batch có {len(X)} mẫu X nhưng {len(y)} nhãn y; "
            "cần bằng nhau"
        )
    if not len(X):
        raise ValueError(
            "có batch không mẫu nào; kiểm tra độ dài của X trước khi "
            "chia batch"
        )
    for name, values in (("X", X), ("y", y)):
        if not values.is_floating_point():
            continue
        if math.isfinite(values.sum()):  # một số hỏng làm hỏng cả tổng
            continue
        bad = int((~torch.isfinite(values)).sum())
        if bad:  # không thì tổng chỉ tràn, từng số vẫn hữu hạn
            raise ValueError(
                f"{name} có {bad} số nan hay vô cùng trong một batch; "
                "bỏ các mẫu ấy, hoặc điền số thay thế (ví dụ trung vị "
                "của tập huấn luyện)"
            )


def classes(output, y, ignore: int = -100) -> None:
    """Nhãn lớp của entropy chéo: (n,) int64 từ 0 tới k − 1.

    ``output``: (n, k, ...) logit. Nhãn ``ignore`` được PyTorch bỏ qua.
    y cùng kích thước với ``output`` là xác suất của từng lớp.
    """
    if output.dim() < 2 or y.shape == output.shape:
        return
    k = output.shape[1]
    if k == 1:
        raise ValueError(
            "mô hình trả về một số mỗi mẫu nên entropy chéo luôn bằng "
            "0; dùng BCEWithLogitsLoss, hoặc cho tầng cuối 2 đầu ra"
        )
    if y.dtype not in (torch.int64, torch.uint8):
        raise ValueError(
            f"y có kiểu {y.dtype}; entropy chéo cần số thứ tự lớp kiểu "
            "int64: gọi y.long()"
        )
    if y.shape == (len(output), 1) and output.dim() == 2:
        raise ValueError(
            f"y có kích thước {tuple(y.shape)}; entropy chéo cần (n,): "
            "gọi y.squeeze(1)"
        )
    low, high = (v.item() for v in y.aminmax())
    if (low < 0 or high >= k) and ignore in (low, high):
        kept = [v for v in y.unique().tolist() if v != ignore] or [0]
        low, high = kept[0], kept[-1]
    if low < 0 or high >= k:
        raise ValueError(
            f"y có nhãn {low if low < 0 else high}, nhưng mô hình có "
            f"{k} đầu ra nên nhãn phải từ 0 tới {k - 1}; đánh số lại "
            "y, hoặc đổi số đầu ra của tầng cuối"
        )


def numbers(output, y, _=None) -> None:
    """y phải cùng kích thước với ``output``.

    Nếu không, (n,) và (n, 1) nở thành (n, n) mà không ai hay.
    """
    if y.shape != output.shape:
        raise ValueError(
            f"y có kích thước {tuple(y.shape)}, đầu ra của mô hình là "
            f"{tuple(output.shape)}; cần bằng nhau, nếu không mỗi y "
            "bị so với mọi đầu ra: (n,) thành (n, 1) bằng y[:, None], "
            "hoặc cho mô hình trả về output.squeeze(1)"
        )


def binary(output, y, _=None) -> None:
    """y của hai lớp: số thực trong [0, 1], cùng cỡ với ``output``."""
    numbers(output, y)
    if not y.is_floating_point():
        raise ValueError(
            f"y có kiểu {y.dtype}; entropy chéo nhị phân cần số thực: "
            "gọi y.float()"
        )
    low, high = (v.item() for v in y.aminmax())
    if low < 0 or high > 1:
        raise ValueError(
            f"y trải từ {low:g} tới {high:g}; entropy chéo nhị phân "
            "cần nhãn 0 hay 1: đổi nhãn -1 thành 0, nhiều hơn hai lớp "
            "thì dùng CrossEntropyLoss"
        )


CHECKS = {
    nn.CrossEntropyLoss: classes,
    nn.NLLLoss: classes,
    F.cross_entropy: classes,
    F.nll_loss: classes,
    nn.BCEWithLogitsLoss: binary,
    nn.BCELoss: binary,
    F.binary_cross_entropy_with_logits: binary,
    F.binary_cross_entropy: binary,
    nn.MSELoss: numbers,
    nn.L1Loss: numbers,
    nn.SmoothL1Loss: numbers,
    nn.HuberLoss: numbers,
    F.mse_loss: numbers,
    F.l1_loss: numbers,
    F.smooth_l1_loss: numbers,
    F.huber_loss: numbers,
}


def checked(loss_fn):
    """``loss_fn`` kèm bước soát y, nếu là mất mát quen của PyTorch.

    Nhận ra hàm, mô-đun và ``functools.partial`` của chúng. Hàm khác
    được trả lại nguyên vẹn: không ai biết nó cần y thế nào.
    """
    base, options = loss_fn, {}
    while isinstance(base, partial):
        base, options = base.func, base.keywords | options
    check = CHECKS.get(base) or CHECKS.get(type(base))
    if check is None:
        return loss_fn
    ignore = options.get("ignore_index", -100)
    ignore = getattr(base, "ignore_index", ignore)

    def call(output, y):
        check(output, y, ignore)
        return loss_fn(output, y)

    return call
