"""Lưu lần huấn luyện sau mỗi epoch để chạy tiếp khi bị ngắt.

Nhà: nyu/02-3.
"""

import os
import re
from itertools import zip_longest
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
    hỏng tệp. Tệp ghi trên GPU mở được ở máy không có GPU.
    Lỗi: ``ValueError`` nếu tệp là của một mô hình hay bộ tối ưu khác,
    không phải tệp do ``Checkpoint`` ghi, hay thư mục chưa có.
    """

    def __init__(self, path, *, rng=None, scheduler=None):
        self.path = Path(path)
        self.rng, self.scheduler = rng, scheduler

    def on_start(self, run) -> None:
        folder = self.path.parent
        if not folder.is_dir():
            raise ValueError(
                f"Checkpoint: chưa có thư mục {folder} của path; tạo "
                "nó bằng path.parent.mkdir(parents=True), hoặc đổi path"
            )
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
            "structure": structure(run.model),
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
        openable(self.path)
        try:
            state = torch.load(
                self.path, map_location="cpu", weights_only=True
            )
        except Exception as exc:  # tệp lạ làm hỏng đủ kiểu
            state, cause = {}, exc
        if not isinstance(state, dict) or not needed <= state.keys():
            raise ValueError(
                f"Checkpoint: {self.path} đã hỏng hoặc không do "
                "Checkpoint ghi; đổi path để học từ đầu"
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


def openable(path: Path) -> None:
    """Lỗi ``ValueError`` nếu ``path`` không mở ra đọc được."""
    try:
        path.open("rb").close()
    except OSError as exc:
        raise ValueError(
            f"Checkpoint: không mở được {path} ({exc.strerror}); kiểm "
            "tra path có là một tệp, và quyền đọc tệp ấy"
        ) from exc


def keyed(run) -> list:
    """Các callback kèm tên không trùng: "Schedule 0", "Schedule 1"."""
    seen, out = {}, []
    for callback in run.callbacks:
        name = type(callback).__name__
        seen[name] = seen.get(name, -1) + 1
        out.append((f"{name} {seen[name]}", callback))
    return out


def structure(model) -> str:
    """Các tầng của mô hình, không kèm địa chỉ trong bộ nhớ."""
    return re.sub(r" at 0x[0-9a-fA-F]+", "", repr(model))


def first_change(old: str, new: str) -> str:
    """Dòng khác nhau đầu tiên của hai bản in; giống thì rỗng."""
    lines = old.splitlines(), new.splitlines()
    for a, b in zip_longest(*lines, fillvalue="không"):
        if a != b:
            return f"tệp có {a.strip()}, mô hình có {b.strip()}"
    return ""


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
    layers = structure(run.model)
    if why := first_change(state.get("structure", layers), layers):
        return why
    kind = type(run.optimizer).__name__
    groups = [
        [len(g["params"]) for g in one["param_groups"]]
        for one in (state["optimizer"], run.optimizer.state_dict())
    ]
    if state["kind"] != kind or groups[0] != groups[1]:
        return f"bộ tối ưu: tệp có {state['kind']}, đây là {kind}"
    return ""
