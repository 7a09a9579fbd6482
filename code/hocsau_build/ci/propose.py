"""Write generated files into main: ``… ci.propose PATCH BRANCH TITLE PATH…``.

The patch was made by a job without rights; only the named paths of it are taken. Where
main is protected, a pull request from ``BRANCH`` waits for a maintainer instead.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from . import gh

NAME = "github-actions[bot]"
MAIL = "41898282+github-actions[bot]@users.noreply.github.com"


def git(*args: str, check: bool = True) -> subprocess.CompletedProcess:
    who = ["-c", f"user.name={NAME}", "-c", f"user.email={MAIL}"]
    done = subprocess.run(["git", *who, *args], capture_output=True, text=True)
    if check and done.returncode:
        raise SystemExit(f"git {args[0]}: {done.stderr.strip()[-500:]}")
    return done


def main(patch: str, branch: str, title: str, *paths: str) -> int:
    """Apply, commit and push; nothing to write is no error."""
    if not taken(Path(patch), paths):
        print("Không có gì phải viết lại.")
        return 0
    git("switch", "-q", "-c", branch)
    git("add", "--", *(p.removesuffix("/*") for p in paths if _there(p)))
    git("commit", "-q", "-m", title)
    if push("HEAD:main"):
        print("Đã ghi vào main.")
        return 0
    if not push(f"+HEAD:{branch}"):
        raise SystemExit(f"không đẩy được nhánh {branch}")
    ask(branch, title)
    return 0


def taken(patch: Path, paths: tuple[str, ...]) -> bool:
    """Apply what the patch holds of ``paths``; whether anything changed."""
    if not patch.exists() or not patch.stat().st_size:
        return False
    git("apply", *(f"--include={p}" for p in paths), str(patch))
    return bool(git("status", "--porcelain").stdout.strip())


def _there(path: str) -> bool:
    return Path(path.removesuffix("/*")).exists()


def push(what: str) -> bool:
    """Push with the workflow's token; no: the branch is protected, or moved on."""
    return git("push", "-q", remote(), what, check=False).returncode == 0


def remote() -> str:
    """Where to push; the token is in the address of this one command only."""
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    if not server.startswith("https://"):
        return f"{server}/{gh.repository()}"
    host = server.removeprefix("https://")
    token = os.environ["GH_TOKEN"]
    return f"https://x-access-token:{token}@{host}/{gh.repository()}"


def ask(branch: str, title: str) -> None:
    """Open the pull request of the branch, unless it is open."""
    owner = gh.repository().split("/")[0]
    if not gh.api(f"pulls?state=open&head={owner}:{branch}"):
        body = {"title": title, "head": branch, "base": "main"}
        gh.api(
            "pulls", "-X", "POST", body={**body, "body": "Tệp máy sinh; chỉ cần trộn."}
        )
    print(f"main được bảo vệ: đã mở yêu cầu kéo từ {branch}.")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
