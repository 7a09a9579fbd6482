"""Lưu lần huấn luyện sau mỗi epoch để chạy tiếp khi bị ngắt.

Nhà: nyu/02-3.
"""

import os
from pathlib import Path

import torch

from hocsau.train.callbacks import Callback


class Checkpoint(Callback):
    """Ghi trạng thái vào ``path`` mỗi epoch; đã có tệp thì chạy tiếp.

    Tệp giữ trọng số, bộ tối ưu, nhật ký, số epoch, các callback khác
    (lịch tốc độ học, kỷ lục của dừng sớm), bộ sinh số toàn cục của CPU
    (dropout dùng nó) và ``rng`` của dữ liệu: chạy tiếp cho đúng kết quả
    của lần không bị ngắt, dù ``Checkpoint`` đứng đâu trong danh sách.
    ``scheduler``: lịch không nằm trong callback ``Schedule``, nếu có.
    Tệp mới thay tệp cũ trong một bước, nên ngắt giữa chừng không làm
    hỏng tệp.
    Lỗi: ``ValueError`` nếu tệp là của một mô hình hay bộ tối ưu khác,
    hoặc không phải tệp do ``Checkpoint`` ghi.
    """

    def __init__(self, path, *, rng=None, scheduler=None):
        self.path = Path(path)
        self.rng, self.scheduler = rng, scheduler

    def on_start(self, run) -> None:
        if self.path.exists():
            self.load(run)

    def on_save(self, run) -> None:
        part = self.path.with_name(self.path.name + ".part")
        torch.save(self.state(run), part)
        os.replace(part, self.path)

    def state(self, run) -> dict:
        """Mọi thứ cần để chạy tiếp, dưới dạng từ điển."""
        state = {
            "model": run.model.state_dict(),
            "optimizer": run.optimizer.state_dict(),
            "kind": type(run.optimizer).__name__,
            "history": run.history.columns,
            "epoch": run.epoch,
            "stop": run.stop,
            "torch_rng": torch.get_rng_state(),
            "callbacks": {k: c.state_dict() for k, c in keyed(run)},
        }
        if self.rng is not None:
            state["rng"] = self.rng.get_state()
        if self.scheduler is not None:
            state["scheduler"] = self.scheduler.state_dict()
        return state

    def read(self) -> dict:
        """Nội dung của tệp; ``ValueError`` nếu không đủ các mục."""
        cause, needed = None, {"model", "optimizer", "kind", "torch_rng"}
        try:
            state = torch.load(self.path, weights_only=True)
        except Exception as exc:  # tệp lạ làm hỏng đủ kiểu
            state, cause = {}, exc
        if not isinstance(state, dict) or not needed <= state.keys():
            raise ValueError(
                f"Checkpoint: {self.path} đã hỏng hoặc không do "
                "Checkpoint ghi; xóa tệp hay đổi path để học từ đầu"
            ) from cause
        return state

    def load(self, run) -> None:
        """Đưa lần chạy về trạng thái đã ghi."""
        state = self.read()
        if why := difference(state, run):
            raise ValueError(
                f"Checkpoint: {self.path} là của một mô hình hay bộ "
                f"tối ưu khác ({why}); đổi path, hoặc dựng đúng như cũ"
            )
        run.model.load_state_dict(state["model"])
        run.optimizer.load_state_dict(state["optimizer"])
        run.history.columns = state["history"]
        run.epoch, run.stop = state["epoch"], state["stop"]
        torch.set_rng_state(state["torch_rng"])
        for key, callback in keyed(run):
            if key in state["callbacks"]:
                callback.load_state_dict(state["callbacks"][key])
        if self.rng is not None and "rng" in state:
            self.rng.set_state(state["rng"])
        if self.scheduler is not None and "scheduler" in state:
            self.scheduler.load_state_dict(state["scheduler"])


def keyed(run) -> list:
    """Các callback kèm tên không trùng: "Schedule 0", "Schedule 1"."""
    seen, out = {}, []
    for callback in run.callbacks:
        name = type(callback).__name__
        seen[name] = seen.get(name, -1) + 1
        out.append((f"{name} {seen[name]}", callback))
    return out


def difference(state: dict, run) -> str:
    """Chỗ khác nhau đầu tiên giữa tệp và lần chạy; giống thì rỗng."""
    old = {k: tuple(v.shape) for k, v in state["model"].items()}
    new = {k: tuple(v.shape) for k, v in run.model.state_dict().items()}
    for name in old | new:
        if old.get(name) != new.get(name):
            return (
                f"{name}: tệp có {old.get(name, 'không')}, mô hình có "
                f"{new.get(name, 'không')}"
            )
    kind = type(run.optimizer).__name__
    groups = [
        [len(g["params"]) for g in one["param_groups"]]
        for one in (state["optimizer"], run.optimizer.state_dict())
    ]
    if state["kind"] != kind or groups[0] != groups[1]:
        return f"bộ tối ưu: tệp có {state['kind']}, đây là {kind}"
    return ""
