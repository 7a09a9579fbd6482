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


def open_pulls() -> list[dict]:
    """Open pull requests."""
    return pages("pulls?state=open")


def mine(pull: dict) -> bool:
    """Whether the branch lies in this repository, not in a fork."""
    return ((pull["head"].get("repo") or {}).get("full_name")) == repository()
