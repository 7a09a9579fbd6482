"""The commit that a notebook installs: the last one that changed the library."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

PATHS = ("code/hocsau", "code/kim", "pyproject.toml")


def newest(root: Path) -> str:
    """Last commit that touched the library; ``main`` outside git."""
    return _git(root, "log", "-1", "--format=%H", "--", *PATHS) or "main"


def same_code(root: Path, pin: str) -> bool:
    """Whether the library at ``pin`` is the library of the current commit.

    In a shallow clone the old commit is not there to compare; its form is all that
    can be checked.
    """
    if not re.fullmatch(r"[0-9a-f]{40}", pin):
        return pin == newest(root)
    if _git(root, "cat-file", "-t", pin) != "commit":
        return _git(root, "rev-parse", "--is-shallow-repository") != "false"
    return _git(root, "diff", "--name-only", pin, "HEAD", "--", *PATHS) == ""


def of_notebook(text: str) -> str:
    """The commit an existing notebook installs, or ''."""
    match = re.search(r"/archive/([0-9a-zA-Z.-]+)\.zip", text)
    return match[1] if match else ""


def _git(root: Path, *args: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *args], capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
