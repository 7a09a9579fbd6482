"""Write generated files into main: ``… ci.propose PATCH BRANCH TITLE PATH…``.

The patch was made by a job without rights; only the named paths of it are taken. Where
main is protected, a pull request from ``BRANCH`` waits for a maintainer instead.
"""

from __future__ import annotations

import sys
from pathlib import Path

from .branch import commit, git, propose, push


def main(patch: str, branch: str, title: str, *paths: str) -> int:
    """Apply, commit and push; nothing to write is no error."""
    if not taken(Path(patch), paths):
        print("Không có gì phải viết lại.")
        return 0
    folders = [p.removesuffix("/*") for p in paths]
    commit(branch, title, *(p for p in folders if Path(p).exists()))
    if push("main"):
        print("Đã ghi vào main.")
        return 0
    propose(branch, title, "Tệp máy sinh; chỉ cần trộn.")
    print(f"main được bảo vệ: đã mở yêu cầu kéo từ {branch}.")
    return 0


def taken(patch: Path, paths: tuple[str, ...]) -> bool:
    """Apply what the patch holds of ``paths``; whether anything changed."""
    if not patch.exists() or not patch.stat().st_size:
        return False
    git("apply", *(f"--include={p}" for p in paths), str(patch))
    return bool(git("status", "--porcelain").stdout.strip())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
