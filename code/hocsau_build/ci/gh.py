"""GitHub through its own command line tool, which every runner has."""

from __future__ import annotations

import json
import os
import subprocess


def repository() -> str:
    """``org/name`` of the repository in which the workflow runs."""
    return os.environ["GITHUB_REPOSITORY"]


def api(path: str, *args: str, body: dict | None = None):
    """Answer of ``gh api``; ``path`` is relative to the repository."""
    command = ["gh", "api", f"repos/{repository()}/{path}", *args]
    if body is not None:
        command += ["--input", "-"]
    done = subprocess.run(
        command, input=json.dumps(body) if body is not None else None,
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"gh api {path}: {done.stderr.strip()}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def pages(path: str) -> list:
    """Every item of a paged list."""
    join = "&" if "?" in path else "?"
    found = api(f"{path}{join}per_page=100", "--paginate", "--slurp")
    return [item for page in found for item in page]


def download(run: str, name: str, folder: str) -> bool:
    """Unpack an artifact of a run; False when the run has none of that name."""
    command = ["gh", "run", "download", str(run), "-n", name, "-D", str(folder)]
    done = subprocess.run([*command, "-R", repository()], timeout=600)
    return done.returncode == 0


def has(run: int | str, name: str) -> bool:
    """Whether a run has an artifact of this name that is still kept."""
    found = api(f"actions/runs/{run}/artifacts?name={name}")["artifacts"]
    return any(a["name"] == name and not a["expired"] for a in found)


def runs(workflow: str, query: str) -> list[dict]:
    """Newest runs of a workflow, whatever became of them."""
    path = f"actions/workflows/{workflow}/runs?per_page=30&{query}"
    return api(path)["workflow_runs"]


def open_pulls() -> list[dict]:
    """Open pull requests."""
    return pages("pulls?state=open")


def home(pull: dict) -> str:
    """Repository in which the branch of a pull request lies; '' when it is gone."""
    return (pull["head"].get("repo") or {}).get("full_name") or ""


def runs_of(pull: dict) -> list[dict]:
    """Runs for the newest commit of a pull request, the newest first."""
    found = runs("pull_request.yml", f"head_sha={pull['head']['sha']}")
    return [r for r in found if home(pull) and origin(r) == home(pull)]


def origin(run: dict) -> str:
    """Repository whose branch a run is for."""
    return (run.get("head_repository") or {}).get("full_name") or ""


def mine(pull: dict) -> bool:
    """Whether the branch lies in this repository, not in a fork."""
    return home(pull) == repository()
