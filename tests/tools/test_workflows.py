"""What GitHub runs: valid, safe, pinned, and calling only commands that exist."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from hocsau_build import check
from hocsau_build.check import workflows

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / ".github").rglob("*.yml"))
FLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))

GOOD = """\
name: Tốt
on: push
permissions: {}
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - run: make book
"""
BAD = """\
name: Xấu
on: pull_request_target
jobs:
  a:
    runs-on: ubuntu-24.04
    timeout-minute: 3
    steps:
      - uses: actions/checkout@v4
      - run: echo "${{ github.event.pull_request.title }}"
"""


def found(mini):
    return {(p.path, p.line, p.rule, p.what.split(":")[0]) for p in
            check.problems(mini.book, {"W01", "W02"})}  # fmt: skip


def steps(flow: Path):
    for job in yaml.safe_load(flow.read_text("utf-8"))["jobs"].values():
        yield from job.get("steps", [])


def test_own_files_pass(mini):
    shutil.copytree(ROOT / ".github", mini.root / ".github")
    assert found(mini) == set()


def test_a_bad_workflow_is_named_line_by_line(mini):
    mini.file(".github/workflows/good.yml", GOOD)
    mini.file(".github/workflows/bad.yml", BAD)
    path = ".github/workflows/bad.yml"
    assert found(mini) >= {
        (path, 4, "W01", "jobs.a"),
        (path, 2, "W02", "dangerous-triggers"),
        (path, 8, "W02", "unpinned-uses"),
        (path, 8, "W02", "artipacked"),
        (path, 9, "W02", "template-injection"),
        (path, 4, "W02", "excessive-permissions"),
    }
    assert {p for p, *_ in found(mini)} == {path}


def test_broken_yaml_names_its_line(mini):
    mini.file(".github/workflows/bad.yml", "name: A\non: [push\njobs: {}\n")
    assert (".github/workflows/bad.yml", 3, "W01", "YAML hỏng") in found(mini)


def test_a_bad_issue_form_and_dependabot(mini):
    mini.file(".github/ISSUE_TEMPLATE/a.yml", "name: A\ndescription: B\nbody: []\n")
    mini.file(".github/dependabot.yml", "version: 3\nupdates: []\n")
    assert {(p, r) for p, _, r, _ in found(mini)} == {
        (".github/ISSUE_TEMPLATE/a.yml", "W01"),
        (".github/dependabot.yml", "W01"),
    }


def test_a_missing_audit_tool_is_a_finding(mini, monkeypatch):
    mini.file(".github/workflows/good.yml", GOOD)
    monkeypatch.setattr(workflows.sys, "executable", str(mini.root / "bin/python"))
    assert [r for _, _, r, _ in found(mini)] == ["W02"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_actions_are_pinned_by_commit_with_their_tag(path):
    uses = re.findall(r"\buses: (\S+)(.*)", path.read_text("utf-8"))
    for what, comment in uses:
        if not what.startswith("./"):
            assert re.search(r"@[0-9a-f]{40}$", what), what
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), what


@pytest.mark.parametrize("flow", FLOWS, ids=lambda p: p.name)
def test_least_privilege(flow):
    data = yaml.safe_load(flow.read_text("utf-8"))
    assert data["permissions"] == {}
    for job in data["jobs"].values():
        assert job["permissions"]
        assert "timeout-minutes" in job or "uses" in job
    for step in steps(flow):
        if str(step.get("uses", "")).startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False
            assert "ref" not in step["with"]  # a privileged flow stays on main
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("flow", FLOWS, ids=lambda p: p.name)
def test_commands_exist(flow):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for step in steps(flow):
        run = step.get("run", "")
        for line in re.findall(r"^make (.*)$", run, re.M):
            assert {w for w in line.split() if "=" not in w} <= targets
        for module in re.findall(r"-m hocsau_build\.(\S+)", run):
            assert (
                ROOT / "code/hocsau_build" / f"{module.replace('.', '/')}.py"
            ).exists()


def test_strangers_code_runs_only_without_rights():
    for flow in FLOWS:
        data = yaml.safe_load(flow.read_text("utf-8"))
        if "pull_request" in (data[True] if isinstance(data[True], dict) else {}):
            for job in data["jobs"].values():
                assert job["permissions"] == {"contents": "read"}
                assert "secrets" not in str(job)


def test_builds_ask_for_the_cpu_torch():
    for flow in FLOWS:
        text = flow.read_text("utf-8")
        if "actions/prepare" in text:
            assert "HOCSAU_TORCH_INDEX: https://download.pytorch.org/whl/cpu" in text


def flow(name: str) -> dict:
    return yaml.safe_load((ROOT / ".github/workflows" / name).read_text("utf-8"))


LOOKS = ("make check", ".ci/run", "hocsau_build.ci.report")


def test_whoever_looks_at_a_translation_has_its_outline_first():
    looked = 0
    for job in flow("pull_request.yml")["jobs"].values():
        runs = [str(step.get("run", "")) for step in job["steps"]]
        for at, run in enumerate(runs):
            if any(command in run for command in LOOKS):
                assert "make outline" in runs[:at]
                looked += 1
    assert looked == 3


def test_a_failed_build_still_reports():
    steps = flow("pull_request.yml")["jobs"]["build"]["steps"]
    names = [(step.get("with") or {}).get("name") for step in steps]
    report = next(s for s in steps if "ci.report" in s.get("run", ""))
    for step in (report, steps[names.index("bao-cao")]):
        assert "!cancelled()" in step["if"] and "'skipped'" in step["if"]
    assert "book.outcome == 'success'" in steps[names.index("trang")]["if"]
    assert "failure" in flow("preview.yml")["jobs"]["publish"]["if"]


def test_a_label_starts_no_run_of_the_required_checks():
    on = flow("pull_request.yml")[True]["pull_request"]["types"]
    assert on == ["opened", "synchronize", "reopened"]
    assert all("if" not in job for job in flow("pull_request.yml")["jobs"].values())


def test_what_runs_with_rights_on_a_pull_request_takes_nothing_of_it():
    for path in FLOWS:
        data = flow(path.name)
        if "pull_request_target" not in data[True]:
            continue
        text = path.read_text("utf-8")
        assert path.name == "approve.yml" and "labeled" in text
        assert "prepare" not in text and "make " not in text
        for step in steps(path):
            assert "head" not in str(step.get("with", ""))


BARE = sorted({
    name for flow in FLOWS for step in steps(flow)
    for name in re.findall(r"code python3 -m (\S+)", step.get("run", ""))
})  # fmt: skip


@pytest.mark.parametrize("module", BARE)
def test_what_runs_without_the_environment_needs_only_python(module):
    subprocess.run(
        [sys.executable, "-S", "-c", f"import {module}"], check=True,
        env={"PYTHONPATH": str(ROOT / "code")},
    )  # fmt: skip
