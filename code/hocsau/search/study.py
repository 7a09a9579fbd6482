"""Nghiên cứu Optuna trong một tệp: ngắt lúc nào cũng chạy tiếp được.

Tệp là nhật ký văn bản của ``JournalStorage``: chỉ ghi thêm, không cần
máy chủ hay cơ sở dữ liệu. Bộ chọn cấu hình được gieo lại trước mỗi lần
thử, nên ngắt rồi chạy tiếp cho đúng dãy cấu hình của lần chạy liền một
mạch (miễn là bản thân mục tiêu chạy lại ra số cũ).
Nhà: nm/10.
"""

import json
import math
from pathlib import Path

import numpy as np
import optuna
from optuna.samplers import TPESampler
from optuna.storages import JournalStorage
from optuna.storages.journal import (
    JournalFileBackend,
    JournalFileOpenLock,
)
from optuna.study import StudyDirection
from optuna.trial import TrialState

from hocsau.train import Callback

STATES = {TrialState.COMPLETE: "xong", TrialState.PRUNED: "bị tỉa"}


def open_study(path, name: str, *, seed: int, direction, pruner=None):
    """Mở nghiên cứu ``name`` trong tệp ``path``, chưa có thì tạo.

    ``direction``: "maximize" hay "minimize"; ``pruner``: của Optuna,
    bỏ trống thì không tỉa. Mỗi lúc chỉ một tiến trình được mở tệp: lần
    thử dở dang của lần chạy bị ngắt được gạch bỏ và sẽ làm lại. Từ đây
    Optuna chỉ in lỗi.
    Lỗi: ``ValueError`` nếu tệp ghi ``seed`` hay ``direction`` khác,
    không phải tệp nghiên cứu (khi ấy nó còn nguyên), hay thư mục của
    nó chưa có.
    """
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    mend(Path(path))
    lock = JournalFileOpenLock(str(path))
    study = optuna.create_study(
        storage=JournalStorage(JournalFileBackend(str(path), lock)),
        study_name=name,
        load_if_exists=True,
        direction=direction,
        pruner=pruner or optuna.pruners.NopPruner(),
    )
    agree(study, seed, direction)
    for trial in study.get_trials(states=(TrialState.RUNNING,)):
        study.tell(trial.number, state=TrialState.FAIL)
    return study


def mend(path: Path) -> None:
    """Bỏ dòng cuối viết dở (mất điện lúc đang ghi), nếu có."""
    if not path.parent.is_dir():
        raise ValueError(
            f"open_study: chưa có thư mục {path.parent} của path; tạo "
            "nó bằng path.parent.mkdir(parents=True), hoặc đổi path"
        )
    if not path.exists():
        return
    data = path.read_bytes() if path.is_file() else b"\n"
    if not is_journal(data):
        raise ValueError(
            f"open_study: {path} không phải tệp nghiên cứu; đổi path "
            "(tệp vẫn còn nguyên)"
        )
    whole = data[: data.rfind(b"\n") + 1]
    if whole != data:
        path.write_bytes(whole)


def is_journal(data: bytes) -> bool:
    """Dòng đầu là một mục nhật ký của Optuna, hay phần đầu của nó."""
    first, newline, _ = data.partition(b"\n")
    if not newline:  # rỗng, hoặc mất điện khi đang ghi dòng đầu
        head = b'{"op_code":'
        return first.startswith(head) or head.startswith(first)
    try:
        entry = json.loads(first)
    except ValueError:
        return False
    return isinstance(entry, dict) and "op_code" in entry


def agree(study, seed: int, direction: str) -> None:
    """Ghi ``seed`` vào nghiên cứu mới; nghiên cứu cũ thì soát."""
    was = study.user_attrs.get("seed", seed), study.direction.name
    if was != (seed, direction.upper()):
        raise ValueError(
            f"open_study: tệp ghi seed = {was[0]}, direction = "
            f"{was[1].lower()!r}, khác với lời gọi; gọi như cũ, hoặc "
            "đổi name hay path"
        )
    study.set_user_attr("seed", seed)


def finished(study) -> list:
    """Các lần thử đã xong hay bị tỉa, theo thứ tự."""
    return study.get_trials(states=tuple(STATES))


def run_trials(study, objective, *, budget: int, sampler=TPESampler):
    """Chạy tiếp cho đủ ``budget`` lần thử kể cả các lần đã có.

    ``objective``: nhận ``trial``, trả về một số; nan hay mất mát không
    hữu hạn thì lần thử coi như bị tỉa. ``sampler``: lớp của Optuna nhận
    ``seed``. Trả về số lần vừa chạy.
    """

    def guarded(trial):
        try:
            value = float(objective(trial))
        except FloatingPointError as exc:
            raise optuna.TrialPruned(str(exc)) from exc
        if math.isnan(value):
            raise optuna.TrialPruned("mục tiêu là nan")
        return value

    start = len(finished(study))
    for index in range(start, budget):
        key = [study.user_attrs["seed"], index]
        (state,) = np.random.SeedSequence(key).generate_state(1)
        study.sampler = sampler(seed=int(state))
        study.optimize(guarded, n_trials=1)
    return max(budget - start, 0)


class Pruning(Callback):
    """Báo cho Optuna cột ``monitor`` mỗi epoch, bỏ lần thử khi nó bảo.

    ``trial``: của mục tiêu. ``monitor`` phải là đại lượng mà mục tiêu
    trả về, cùng chiều tốt xấu với ``direction`` của nghiên cứu.
    """

    def __init__(self, trial, *, monitor: str = "val_loss"):
        up = trial.study.direction == StudyDirection.MAXIMIZE
        if up and monitor.endswith("loss"):
            raise ValueError(
                "Pruning: nghiên cứu tìm giá trị lớn nhất mà monitor "
                f"= {monitor!r} càng nhỏ càng tốt; theo dõi "
                '"val_accuracy", hoặc direction="minimize"'
            )
        self.trial, self.monitor = trial, monitor

    def on_epoch_end(self, run) -> None:
        self.trial.report(run.history[self.monitor][-1], run.epoch)
        if self.trial.should_prune():
            raise optuna.TrialPruned(f"bị tỉa ở epoch {run.epoch}")


def rows(study) -> list[dict]:
    """Mỗi lần thử một hàng: ``trial`` từ 1, ``state``, ``value``, …

    ``epochs``: số epoch đã báo; rồi từng siêu tham số.
    """
    return [
        {
            "trial": i,
            "state": STATES[t.state],
            "value": math.nan if t.value is None else t.value,
            "epochs": len(t.intermediate_values),
            **t.params,
        }
        for i, t in enumerate(finished(study), start=1)
    ]


def best_so_far(study) -> list[float]:
    """Giá trị tốt nhất sau mỗi lần thử; nan khi chưa lần nào xong."""
    up = study.direction == StudyDirection.MAXIMIZE
    best, out = math.nan, []
    for t in finished(study):
        if t.state == TrialState.COMPLETE:
            better = t.value > best if up else t.value < best
            best = t.value if better or math.isnan(best) else best
        out.append(best)
    return out
