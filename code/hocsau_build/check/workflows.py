"""Rules on what GitHub runs: the files of ``.github/`` are valid and safe.

Schemas come with check-jsonschema, the audit is zizmor's; both work offline.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from .rule import Source, rule

#: Files of a kind, and the schema that check-jsonschema carries for them.
KINDS = (
    (".github/workflows/*.yml", "github-workflows"),
    (".github/actions/*/action.yml", "github-actions"),
    (".github/ISSUE_TEMPLATE/config.yml", "github-issue-config"),
    (".github/ISSUE_TEMPLATE/*.yml", "github-issue-forms"),
    (".github/dependabot.yml", "dependabot"),
)
#: A workflow as this book writes them: no rights, everything at a fixed commit.
FLOW = """\
name: Soát
on: push
permissions: {}
concurrency: {group: soat, cancel-in-progress: true}
jobs:
  soat:
    name: Soát
    runs-on: ubuntu-24.04
    steps:
      - run: make check
"""
NAME = ".github/workflows/soat.yml"


@rule(
    "W01",
    title="tệp YAML của .github/ phải đúng lược đồ của GitHub",
    why="GitHub bỏ qua tệp sai lược đồ mà không báo cho ai",
    fix="sửa khóa được nêu tên; xem docs.github.com/actions",
    good={NAME: FLOW},
    bad={NAME: FLOW.replace("on: push\n", "on: push\nmoi-tuan: true\n")},
    scope="book",
    about=".github/",
)
def valid(source: Source):
    root, seen = source.book.root, set()
    for pattern, schema in KINDS:
        for path in sorted(set(root.glob(pattern)) - seen):
            seen.add(path)
            for line, what in schema_errors(path, schema):
                yield source.book.show(path), line, what


@rule(
    "W02",
    title="luồng công việc phải an toàn (zizmor)",
    why="một luồng công việc hở cho người lạ ghi vào kho hoặc lên trang",
    fix="sửa như zizmor khuyên ở docs.zizmor.sh/audits",
    good={NAME: FLOW},
    bad={
        NAME: FLOW.replace("make check", "echo ${{ github.event.head_commit.message }}")
    },
    scope="book",
    about=".github/",
)
def safe(source: Source):
    root = source.book.root
    if (root / ".github/workflows").is_dir():
        yield from audit(root)


def schema_errors(path: Path, schema: str) -> Iterator[tuple[int, str]]:
    """Line and message of what the schema does not allow."""
    from jsonschema.exceptions import best_match, relevance
    from ruamel.yaml import YAML, YAMLError

    try:
        data = YAML(typ="rt").load(path)
    except YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        yield (mark.line + 1 if mark else 1), f"YAML hỏng: {exc.__class__.__name__}"
        return
    for error in validator(schema).iter_errors(data):
        deep = best_match(error.context, key=relevance) if error.context else None
        deep = deep or error
        where = ".".join(str(p) for p in deep.absolute_path) or "tệp"
        yield line_of(data, list(deep.absolute_path)), f"{where}: {deep.message[:200]}"


@lru_cache
def validator(schema: str):
    """Validator of one schema vendored by check-jsonschema."""
    from jsonschema.validators import validator_for

    # Found, not imported: the package brings a whole HTTP client with it.
    spec = importlib.util.find_spec("check_jsonschema")
    name = Path(spec.origin).parent / f"builtin_schemas/vendor/{schema}.json"
    data = json.loads(name.read_text("utf-8"))
    return validator_for(data)(data)


def line_of(data, path: list) -> int:
    """Line of the deepest node of ``path`` that says where it is."""
    line = 1
    for step in path:
        if not hasattr(data, "lc"):
            break
        marks = data.lc.data or {}
        if step in (marks if isinstance(marks, dict) else {}):
            line = marks[step][0] + 1
        data = data[step]
    return line


def audit(root: Path) -> Iterator[tuple[str, int, str]]:
    """What zizmor finds, offline; the tool's absence is itself a finding."""
    tool = Path(sys.executable).with_name("zizmor")
    command = [str(tool), "--offline", "--no-progress", "--no-exit-codes"]
    try:
        done = subprocess.run(
            [*command, "--format", "json", ".github"],
            cwd=root, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        findings = json.loads(done.stdout)
    except FileNotFoundError:
        yield ".github/workflows", 1, "thiếu zizmor trong môi trường (chạy make env)"
        return
    except ValueError:
        yield ".github/workflows", 1, f"zizmor không chạy được: {done.stderr[-300:]}"
        return
    for finding in findings:
        if not finding.get("ignored"):
            yield place(finding)


def place(finding: dict) -> tuple[str, int, str]:
    """Path, line and message of one finding of zizmor."""
    places = finding["locations"]
    main = next((p for p in places if p["symbolic"]["kind"] == "Primary"), places[0])
    path = main["symbolic"]["key"]["Local"]["verbatim_path"]
    line = main["concrete"]["location"]["start_point"]["row"] + 1
    note = main["symbolic"]["annotation"]
    return path, line, f"{finding['ident']}: {note}"
