"""The bot's branch: one commit on it, one push, one pull request of it."""

from __future__ import annotations

import os
import subprocess

from . import gh

NAME = "github-actions[bot]"
MAIL = f"41898282+{NAME}@users.noreply.github.com"


def git(*args: str, check: bool = True) -> subprocess.CompletedProcess:
    """``git`` as the bot; its own message when it fails."""
    who = ["-c", f"user.name={NAME}", "-c", f"user.email={MAIL}"]
    done = subprocess.run(
        ["git", *who, *args], capture_output=True, text=True, timeout=120
    )
    if check and done.returncode:
        raise SystemExit(f"git {args[0]}: {done.stderr.strip()[-500:]}")
    return done


def commit(branch: str, title: str, *paths: str) -> None:
    """What changed of the paths, in one commit on the branch."""
    git("switch", "-q", "-C", branch)
    git("add", "--", *paths)
    git("commit", "-q", "-m", title)


def push(target: str, force: bool = False) -> bool:
    """Push with the workflow's token; no: the branch is protected, or moved on."""
    what = f"{'+' if force else ''}HEAD:refs/heads/{target}"
    return git("push", "-q", remote(), what, check=False).returncode == 0


def remote() -> str:
    """Where to push; the token is in the address of this one command only."""
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    if not server.startswith("https://"):
        return f"{server}/{gh.repository()}"
    host = server.removeprefix("https://")
    token = os.environ["GH_TOKEN"]
    return f"https://x-access-token:{token}@{host}/{gh.repository()}"


def propose(branch: str, title: str, text: str) -> None:
    """Push the branch over whatever was there; open its pull request or renew it."""
    if not push(branch, force=True):
        raise SystemExit(f"không đẩy được nhánh {branch}")
    body = {"title": title, "body": text}
    mine = [p for p in gh.open_pulls() if p["head"]["ref"] == branch and gh.mine(p)]
    if mine:
        gh.api(f"pulls/{mine[0]['number']}", "-X", "PATCH", body=body)
    else:
        gh.api("pulls", "-X", "POST", body={**body, "base": "main", "head": branch})
