"""Setting up the environment: what is installed, from where, and when nothing is."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def env(monkeypatch, tmp_path):
    """The script as a module on a small repository, every command recorded."""
    path = ROOT / "code/hocsau_build/environment.py"
    spec = importlib.util.spec_from_file_location("environment_under_test", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "requirements.txt").write_text("# chú thích\nnumpy==2\ntorch==2.13.0\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "has_cuda", lambda: False)
    monkeypatch.setattr(module.venv, "create", lambda *a, **k: module.made.append(a))
    monkeypatch.setattr(module, "run", lambda c, quiet=False: _run(module, c))
    module.made, module.calls, module.codes = [], [], {}
    (tmp_path / ".venv").mkdir()
    return module


def _run(module, command) -> int:
    line = " ".join(str(c) for c in command[1:])
    module.calls.append(line)
    return next((v for k, v in module.codes.items() if k in line), 0)


def torch_calls(env):
    return [c for c in env.calls if "install -q torch" in c]


def test_the_cpu_build_is_asked_for_first(env):
    env.codes = {"import torch": 1}
    assert env.main() == 0
    assert torch_calls(env) == ["-m pip install -q torch==2.13.0+cpu"]
    rest = (env.ROOT / ".venv/requirements-rest.txt").read_text()
    assert "numpy==2" in rest and "torch" not in rest


def test_then_the_index_of_the_environment_variable(env, monkeypatch):
    monkeypatch.setenv("HOCSAU_TORCH_INDEX", "https://kho/cpu")
    env.codes = {"import torch": 1, "+cpu": 1}
    env.main()
    assert torch_calls(env)[1].endswith("torch==2.13.0 --index-url https://kho/cpu")


def test_on_a_cuda_machine_the_plain_build(env, monkeypatch):
    monkeypatch.setattr(env, "has_cuda", lambda: True)
    env.codes = {"import torch": 1}
    env.main()
    assert torch_calls(env) == ["-m pip install -q torch==2.13.0"]


def test_a_torch_that_is_there_is_left_alone(env):
    env.main()
    assert torch_calls(env) == []


def test_no_torch_anywhere_is_said_and_not_remembered(env):
    env.codes = {"import torch": 1, "torch==": 1}
    with pytest.raises(SystemExit, match="HOCSAU_TORCH_INDEX"):
        env.main()
    assert not (env.ROOT / ".venv/hocsau-stamp").exists()


def test_a_failed_pip_is_not_remembered(env):
    env.codes = {"-r ": 1}
    with pytest.raises(SystemExit):
        env.main()
    assert not (env.ROOT / ".venv/hocsau-stamp").exists()


def test_nothing_is_done_twice_until_the_pins_change(env, capsys):
    env.main()
    env.calls.clear()
    capsys.readouterr()
    assert env.main() == 0
    assert env.calls == [] and capsys.readouterr().out == ""
    (env.ROOT / "requirements.txt").write_text("numpy==3\ntorch==2.13.0\n")
    env.main()
    assert env.calls


def test_an_old_python_is_refused(env, monkeypatch, capsys):
    monkeypatch.setattr(env.sys, "version_info", (3, 10))
    assert env.main() == 1
    assert "3.11" in capsys.readouterr().out


def test_it_needs_nothing_but_the_standard_library():
    code = "import sys; sys.argv=['x']; import runpy; runpy.run_path(sys.orig_argv[-1])"
    path = ROOT / "code/hocsau_build/environment.py"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(path)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_every_requirement_is_pinned_exactly():
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    names = [p.partition("==")[0].lower().replace("_", "-") for p in pins]
    assert all(p.count("==") == 1 for p in pins)
    assert len(set(names)) == len(names)
    assert "torch" in names


def test_binder_pins_agree_with_the_build():
    pins = set((ROOT / "requirements.txt").read_text("utf-8").splitlines())
    for line in (ROOT / ".binder/requirements.txt").read_text("utf-8").splitlines():
        if "==" in line:
            assert line.removesuffix("+cpu") in pins, line
