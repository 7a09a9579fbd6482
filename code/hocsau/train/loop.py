"""Vòng lặp: năm bước mỗi batch, một hàng nhật ký mỗi epoch.

Vòng lặp không nhắc tới mô hình nào: nó chỉ cần ``model(X)`` và
``loss_fn(output, y)``.
Nhà: nyu/02-3.
"""

import math
from dataclasses import dataclass, field

import torch
from torch import nn

from hocsau.train import guard
from hocsau.train.explain import explained
from hocsau.train.history import History


@dataclass
class Run:
    """Một lần huấn luyện đang chạy: thứ mà callback được đọc và sửa."""

    model: nn.Module
    optimizer: torch.optim.Optimizer
    num_epochs: int
    history: History = field(default_factory=History)
    epoch: int = 0  # số epoch đã xong
    stop: bool = False  # callback đặt True để dừng sau epoch này
    callbacks: tuple = ()


@explained()
def fit(
    model: nn.Module,
    batches,
    loss_fn,
    optimizer: torch.optim.Optimizer,
    *,
    num_epochs: int,
    val=None,
    metrics: dict | None = None,
    callbacks=(),
) -> History:
    """Huấn luyện ``model`` qua ``num_epochs`` epoch, trả về nhật ký.

    ``batches``, ``val``: duyệt được nhiều lần, mỗi lần cho các cặp
    (X, y). ``metrics``: tên → hàm (output, y) → số, tính trên cả tập.
    Cột của nhật ký: ``lr``, ``loss``, tên các độ đo, và ``val_...``.
    ``loss`` là trung bình theo mẫu, đo trong lúc trọng số còn đổi.
    Lỗi: ``ValueError`` nếu dữ liệu không hợp với mô hình hay mất mát,
    hay ``optimizer`` giữ tham số của mô hình khác
    (``hocsau.train.guard``); ``FloatingPointError`` nếu mất mát không
    còn hữu hạn.
    """
    guard.owned(optimizer, model, loss_fn)
    loss_fn = guard.checked(loss_fn)
    callbacks = tuple(callbacks)
    run = Run(model, optimizer, num_epochs, callbacks=callbacks)
    call(callbacks, "on_start", run)
    while run.epoch < run.num_epochs and not run.stop:
        row = {"lr": optimizer.param_groups[0]["lr"]}
        row |= train_epoch(run, batches, loss_fn, metrics, callbacks)
        if val is not None:
            scores = evaluate(model, val, loss_fn, metrics)
            row |= {f"val_{k}": v for k, v in scores.items()}
        run.history.add(row)
        run.epoch += 1
        call(callbacks, "on_epoch_end", run)
        call(callbacks, "on_save", run)
    call(callbacks, "on_end", run)
    return run.history


def train_epoch(run: Run, batches, loss_fn, metrics, callbacks) -> dict:
    """Một lượt qua dữ liệu; trả về mất mát trung bình và các độ đo."""
    run.model.train()
    tally = Tally(metrics)
    for X, y in batches:
        X, y = on_device(run.model, X, y)
        output = run.model(X)  # 1. truyền xuôi
        loss = loss_fn(output, y)  # 2. mất mát
        run.optimizer.zero_grad()  # 3. xóa gradient cũ
        loss.backward()  # 4. truyền ngược
        call(callbacks, "on_backward", run)
        run.optimizer.step()  # 5. cập nhật
        call(callbacks, "on_step", run)
        tally.add(loss, output, y)
    scores = tally.result()
    if not math.isfinite(scores["loss"]):
        raise FloatingPointError(
            f"fit: mất mát {scores['loss']} ở epoch {run.epoch + 1}; "
            "giảm lr, hoặc co gradient bằng ClipGradients"
        )
    return scores


@explained()
def evaluate(model: nn.Module, batches, loss_fn, metrics=None) -> dict:
    """Mất mát trung bình và các độ đo, ở chế độ eval, không gradient.

    Chế độ train hay eval của ``model`` được trả lại như cũ.
    """
    loss_fn = guard.checked(loss_fn)
    was_training = model.training
    model.eval()
    tally = Tally(metrics)
    with torch.no_grad():
        for X, y in batches:
            X, y = on_device(model, X, y)
            output = model(X)
            tally.add(loss_fn(output, y), output, y)
    model.train(was_training)
    return tally.result()


class Tally:
    """Cộng dồn mất mát theo số mẫu, giữ đầu ra cho các độ đo."""

    def __init__(self, metrics: dict | None):
        self.metrics = metrics or {}
        self.total, self.count, self.kept = 0.0, 0, []

    def add(self, loss, output, y) -> None:
        self.total = self.total + loss.detach().double() * len(y)
        self.count += len(y)
        if self.metrics:
            self.kept.append((output.detach(), y))

    def result(self) -> dict[str, float]:
        if not self.count:
            raise ValueError(
                "không có batch nào (batches hay val): kiểm tra độ dài "
                "dữ liệu và batch_size (drop_last bỏ batch thiếu); "
                "generator chỉ duyệt được một lần thì đổi thành list"
            )
        scores = {"loss": float(self.total / self.count)}
        if math.isnan(scores["loss"]):
            scores |= dict.fromkeys(self.metrics, math.nan)
        elif self.metrics:
            outputs, ys = zip(*self.kept, strict=True)
            output, y = torch.cat(outputs), torch.cat(ys)
            scores |= {k: f(output, y) for k, f in self.metrics.items()}
        return scores


def on_device(model: nn.Module, X, y):
    """Soát một batch rồi đưa nó tới thiết bị của ``model``."""
    guard.tensors(X, y)
    guard.inputs(X, y)
    first = next(model.parameters(), None)
    if first is None:
        return X, y
    return X.to(first.device), y.to(first.device)


def call(callbacks, name: str, run: Run) -> None:
    """Gọi móc ``name`` của từng callback, theo thứ tự đã cho."""
    for callback in callbacks:
        getattr(callback, name)(run)
