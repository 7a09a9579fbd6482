"""Những việc thêm vào vòng lặp: dừng sớm, lịch tốc độ học, tiến độ.

Một callback viết lại vài móc của [Callback]; vòng lặp gọi chúng.
Nhà: nyu/02-3.
"""

import copy

import torch
from torch.optim.lr_scheduler import LRScheduler, ReduceLROnPlateau

from hocsau.train.history import sign


class Callback:
    """Các móc của vòng lặp, mặc định không làm gì.

    ``run`` là ``hocsau.train.Run``: mô hình, bộ tối ưu, nhật ký, epoch.
    """

    def on_start(self, run) -> None:
        """Trước epoch đầu."""

    def on_backward(self, run) -> None:
        """Sau khi có gradient, trước khi cập nhật."""

    def on_step(self, run) -> None:
        """Sau mỗi lần cập nhật."""

    def on_epoch_end(self, run) -> None:
        """Sau mỗi epoch, khi nhật ký đã ghi."""

    def on_save(self, run) -> None:
        """Sau ``on_epoch_end`` của mọi callback: lúc lưu trạng thái."""

    def on_end(self, run) -> None:
        """Sau epoch cuối."""

    def state_dict(self) -> dict:
        """Điều callback phải nhớ để lần chạy bị ngắt chạy tiếp."""
        return {}

    def load_state_dict(self, state: dict) -> None:
        """Nhận lại điều ``state_dict`` đã trả về."""


class EarlyStopping(Callback):
    """Dừng khi ``monitor`` không tốt lên sau ``patience`` epoch.

    Chỉ tính là tốt lên khi hơn kỷ lục cũ quá ``min_delta``. Lúc kết
    thúc, mô hình nhận lại trọng số của epoch tốt nhất,
    ``best_epoch``.
    """

    def __init__(
        self,
        patience: int,
        *,
        monitor: str = "val_loss",
        mode: str = "min",
        min_delta: float = 0.0,
    ):
        if patience < 1:
            raise ValueError(
                f"EarlyStopping: patience = {patience}; cần ít nhất 1"
            )
        self.patience, self.monitor = patience, monitor
        self.sign = sign(mode, "EarlyStopping")
        self.min_delta = min_delta
        self.best, self.best_epoch, self.weights = float("inf"), 0, None

    def on_start(self, run) -> None:
        if not run.epoch:  # lần chạy mới, không phải chạy tiếp
            self.load_state_dict(EarlyStopping(1).state_dict())

    def on_epoch_end(self, run) -> None:
        score = self.sign * run.history[self.monitor][-1]
        if score < self.best - self.min_delta:
            self.best, self.best_epoch = score, run.epoch
            self.weights = copy.deepcopy(run.model.state_dict())
        run.stop |= run.epoch - self.best_epoch >= self.patience

    def on_end(self, run) -> None:
        if self.weights is not None:
            run.model.load_state_dict(self.weights)

    def state_dict(self) -> dict:
        names = ("best", "best_epoch", "weights")
        return {name: getattr(self, name) for name in names}

    def load_state_dict(self, state: dict) -> None:
        vars(self).update(state)


class Schedule(Callback):
    """Đổi tốc độ học theo một lịch của ``torch.optim.lr_scheduler``.

    ``every``: "epoch" hay "step". ``monitor``: cột nhật ký mà lịch đọc
    (``ReduceLROnPlateau`` cần một cột, ví dụ "val_loss").
    Lỗi: ``ValueError`` nếu lịch cần cột mà không có, hay ngược lại.
    """

    def __init__(self, scheduler, *, every="epoch", monitor=None):
        if every not in ("epoch", "step"):
            raise ValueError(
                f'Schedule: every = {every!r}; chọn "epoch" hay "step"'
            )
        suited(scheduler, every, monitor)
        self.scheduler, self.every = scheduler, every
        self.monitor = monitor

    def on_step(self, run) -> None:
        if self.every == "step":
            self.scheduler.step()

    def on_epoch_end(self, run) -> None:
        if self.every == "epoch" and self.monitor:
            self.scheduler.step(run.history[self.monitor][-1])
        elif self.every == "epoch":
            self.scheduler.step()

    def state_dict(self) -> dict:
        return self.scheduler.state_dict()

    def load_state_dict(self, state: dict) -> None:
        self.scheduler.load_state_dict(state)


def suited(scheduler, every: str, monitor) -> None:
    """Lịch đọc nhật ký thì phải có cột để đọc, lịch khác thì không.

    Lịch khác nhận ``step(0.7)`` như "tới epoch 0.7" mà không báo lỗi.
    """
    name = type(scheduler).__name__
    reads = isinstance(scheduler, ReduceLROnPlateau)
    if reads and (monitor is None or every != "epoch"):
        raise ValueError(
            f"Schedule: {name} cần một cột nhật ký mỗi epoch; thêm "
            'monitor="val_loss" và để every="epoch"'
        )
    if monitor and type(scheduler).step is LRScheduler.step:
        raise ValueError(
            f"Schedule: {name} không đọc cột nào; bỏ monitor = "
            f"{monitor!r}"
        )


class ClipGradients(Callback):
    """Co gradient lại khi chuẩn Euclid của nó vượt ``max_norm``.

    ``norms``: chuẩn trước khi co, mỗi bước một số.
    Nguồn: Pascanu và cộng sự (2013).
    """

    def __init__(self, max_norm: float):
        self.max_norm, self.norms = max_norm, []

    def on_backward(self, run) -> None:
        norm = torch.nn.utils.clip_grad_norm_(
            run.model.parameters(), self.max_norm
        )
        self.norms.append(norm.item())

    def state_dict(self) -> dict:
        return {"norms": self.norms}

    def load_state_dict(self, state: dict) -> None:
        self.norms = list(state["norms"])


class Progress(Callback):
    """In một dòng tiến độ mỗi ``every`` epoch, và ở epoch cuối."""

    def __init__(self, every: int = 1, *, width: int = 16):
        self.every, self.width = every, width

    def on_epoch_end(self, run) -> None:
        last = run.stop or run.epoch == run.num_epochs
        if run.epoch % self.every and not last:
            return
        full = self.width * run.epoch // run.num_epochs
        bar = "#" * full + "-" * (self.width - full)
        shown = [
            f"{k} {v:.4f}"
            for k, v in run.history.last().items()
            if k != "lr"
        ]
        at = f"{run.epoch:{len(str(run.num_epochs))}d}"
        print(f"[{bar}] {at}/{run.num_epochs}", " ".join(shown))
