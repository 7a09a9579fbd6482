"""A study in a file: resumed, killed, mended, pruned, and always the same."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import optuna
import pytest
import torch
from optuna.samplers import RandomSampler, TPESampler
from torch.nn import functional as F

from hocsau import train
from hocsau.models import MLP
from hocsau.search import study as st

CODE = Path(st.__file__).parents[2]


def objective(trial):
    x = trial.suggest_float("x", 1e-3, 1.0, log=True)
    k = trial.suggest_int("k", 1, 5)
    kind = trial.suggest_categorical("kind", ["a", "b"])
    return (math.log10(x) + 1) ** 2 + k + (kind == "b")


def opened(path, **options):
    return st.open_study(path, "thu", **{"seed": 0, "direction": "minimize"} | options)


def asked(study):
    return [(t.params, t.value) for t in st.finished(study)]


@pytest.mark.parametrize("sampler", [TPESampler, RandomSampler])
def test_stopped_and_resumed_equals_one_go(tmp_path, sampler):
    whole = opened(tmp_path / "a.log")
    assert st.run_trials(whole, objective, budget=25, sampler=sampler) == 25
    for budget, new in [(7, 7), (7, 0), (5, 0), (18, 11), (25, 7)]:
        part = opened(tmp_path / "b.log")
        assert st.run_trials(part, objective, budget=budget, sampler=sampler) == new
    assert asked(part) == asked(whole) and len(asked(whole)) == 25
    assert len({str(p) for p, _ in asked(whole)}) > 20  # no draw is repeated
    other = opened(tmp_path / "c.log", seed=1)
    st.run_trials(other, objective, budget=3, sampler=sampler)
    assert asked(other) != asked(whole)[:3]


def test_tpe_beats_chance_on_the_same_budget(tmp_path):
    best = {}
    for sampler in (TPESampler, RandomSampler):
        values = []
        for seed in range(3):
            study = opened(tmp_path / f"{sampler.__name__}{seed}", seed=seed)
            st.run_trials(study, objective, budget=25, sampler=sampler)
            values.append(study.best_value)
        best[sampler] = sum(values)
    assert best[TPESampler] < best[RandomSampler]


KILLED = """\
import os, sys
from hocsau.search import study as st
def objective(trial):
    x = trial.suggest_float("x", 0, 1)
    if len(st.finished(study)) == 3:
        os._exit(9)
    return x
study = st.open_study(sys.argv[1], "thu", seed=0, direction="minimize")
st.run_trials(study, objective, budget=6)
"""


def test_killed_in_the_middle_of_a_trial(tmp_path):
    path = tmp_path / "s.log"
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(CODE), "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 9 and done.stderr == "", done.stderr

    def plain(trial):
        return trial.suggest_float("x", 0, 1)

    study = opened(path)
    assert len(st.finished(study)) == 3
    assert [t.state.name for t in study.trials] == ["COMPLETE"] * 3 + ["FAIL"]
    assert st.run_trials(study, plain, budget=6) == 3
    whole = opened(tmp_path / "whole.log")
    st.run_trials(whole, plain, budget=6)
    assert asked(study) == asked(whole)


def test_a_line_half_written_is_dropped(tmp_path):
    path = tmp_path / "s.log"
    st.run_trials(opened(path), objective, budget=4)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"op_code": 4, "wor')
    study = opened(path)
    st.run_trials(study, objective, budget=8)
    assert len(st.finished(opened(path))) == 8
    assert all(json.loads(line) for line in path.read_text().splitlines())


@pytest.mark.parametrize(
    "content",
    [
        b"ten,diem\nAn,9\nBinh,7",  # the last row has no newline
        b"PK\x03\x04\n\x00\xff\nrest",  # what torch.save writes
        b'{"question": 1}\n{"question": 2}',
        b"[1, 2]\n",
        b"hello",
        b'"op_code"\n',
    ],
)
def test_a_file_that_is_no_study_is_refused_and_left_as_it_was(tmp_path, content):
    path = tmp_path / "diem.csv"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"diem\.csv không phải tệp nghiên cứu.*path"):
        opened(path)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["diem.csv"]


@pytest.mark.parametrize("left", [0, 1, 7, 14, 40])
def test_power_cut_during_the_very_first_line(tmp_path, left):
    path = tmp_path / "s.log"
    opened(path)
    path.write_bytes(path.read_bytes()[:left])
    assert st.run_trials(opened(path), objective, budget=2) == 2


def test_a_folder_that_is_missing_or_given_as_the_file(tmp_path):
    with pytest.raises(ValueError, match=r"thư mục .*chua-co.*mkdir"):
        opened(tmp_path / "chua-co" / "s.log")
    with pytest.raises(ValueError, match="không phải tệp nghiên cứu"):
        opened(tmp_path)


def test_another_seed_direction_or_name(tmp_path):
    path = tmp_path / "s.log"
    st.run_trials(opened(path), objective, budget=2)
    with pytest.raises(ValueError, match=r"seed = 0.*gọi như cũ"):
        opened(path, seed=1)
    with pytest.raises(ValueError, match="minimize"):
        opened(path, direction="maximize")
    other = st.open_study(path, "khac", seed=1, direction="maximize")
    assert not st.finished(other) and len(st.finished(opened(path))) == 2


def test_nothing_reaches_the_screen(tmp_path, capfd):
    study = opened(tmp_path / "s.log")
    st.run_trials(study, lambda t: math.nan if t.number else 1.0, budget=3)
    out, err = capfd.readouterr()
    assert out == "" and err == ""


def test_a_run_that_diverges_is_spent_not_fatal(tmp_path):
    def wild(trial):
        x = trial.suggest_float("x", 0, 1)
        if len(st.finished(study)) % 2:
            raise FloatingPointError("mất mát là nan")
        return math.nan if len(st.finished(study)) == 2 else x

    study = opened(tmp_path / "s.log")
    assert st.run_trials(study, wild, budget=5) == 5
    assert [r["state"] for r in st.rows(study)] == [
        "xong", "bị tỉa", "bị tỉa", "bị tỉa", "xong"
    ]  # fmt: skip
    with pytest.raises(KeyError, match="thiếu"):
        st.run_trials(study, lambda t: {}["thiếu"], budget=6)
    assert len(st.finished(study)) == 5


def test_rows_and_the_best_so_far(tmp_path):
    values = iter([3.0, math.nan, 1.0, 2.0])
    study = opened(tmp_path / "s.log")
    st.run_trials(study, lambda t: t.suggest_int("k", 1, 1) * next(values), budget=4)
    assert st.best_so_far(study) == [3, 3, 1, 1]
    table = st.rows(study)
    assert [r["trial"] for r in table] == [1, 2, 3, 4]
    assert table[2] == {"trial": 3, "state": "xong", "value": 1, "epochs": 0, "k": 1}
    assert math.isnan(table[1]["value"])
    up = st.open_study(tmp_path / "s.log", "len", seed=0, direction="maximize")
    values = iter([math.nan, 1.0, 3.0, 2.0])
    st.run_trials(up, lambda t: next(values), budget=4)
    assert math.isnan(st.best_so_far(up)[0]) and st.best_so_far(up)[1:] == [1, 3, 3]


def network(trial, *, monitor):
    """Learn a line; the learning rate decides everything."""
    lr = trial.suggest_categorical("lr", [1e-6, 1.0])
    X = torch.randn(40, 2, generator=torch.Generator().manual_seed(0))
    y = (X.sum(1) > 0).long()
    torch.manual_seed(0)
    model = MLP((2, 2))
    history = train.fit(
        model, [(X, y)], F.cross_entropy,
        torch.optim.SGD(model.parameters(), lr=lr), num_epochs=6, val=[(X, y)],
        metrics={"accuracy": train.accuracy},
        callbacks=[st.Pruning(trial, monitor=monitor)],
    )  # fmt: skip
    return history[monitor][-1]


def test_pruning_stops_the_worse_runs_early(tmp_path):
    pruner = optuna.pruners.MedianPruner(n_startup_trials=2, n_warmup_steps=1)
    study = opened(tmp_path / "s.log", pruner=pruner)
    st.run_trials(
        study, lambda t: network(t, monitor="val_loss"), budget=12,
        sampler=RandomSampler,
    )  # fmt: skip
    table = st.rows(study)
    pruned = [r for r in table if r["state"] == "bị tỉa"]
    assert pruned and all(r["lr"] == 1e-6 and r["epochs"] < 6 for r in pruned)
    assert all(r["epochs"] == 6 for r in table if r["state"] == "xong")
    assert study.best_params == {"lr": 1.0}


def test_pruning_in_the_wrong_direction_is_refused(tmp_path):
    study = opened(tmp_path / "s.log", direction="maximize")
    with pytest.raises(ValueError, match=r"val_loss.*direction"):
        st.run_trials(study, lambda t: network(t, monitor="val_loss"), budget=1)
    st.run_trials(study, lambda t: network(t, monitor="val_accuracy"), budget=1)
    assert st.rows(study)[0]["epochs"] == 6
