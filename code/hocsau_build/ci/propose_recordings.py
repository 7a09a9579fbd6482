"""Propose new recordings: ``python -m hocsau_build.ci.propose_recordings FOLDER``.

Runs with the right to write, on what the machine with the GPU uploaded: nothing of it
is executed, and only plain recordings and pictures are taken. Standard library only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import gh

PLACE = "book/_recordings"
BRANCH = "bot/recordings"
TITLE = "Ghi lại đầu ra của các ô GPU"
KINDS, MOST_BYTES = {".json", ".png", ".svg"}, 1_000_000
BOT = "github-actions[bot]"
MAIL = f"41898282+{BOT}@users.noreply.github.com"


def main(folder: str) -> int:
    """Bring the uploaded recordings into a branch and its pull request."""
    mirror(Path(folder) / PLACE, Path(PLACE))
    if not run("git", "status", "--porcelain", "--", PLACE):
        print("Không bản ghi nào đổi; không mở yêu cầu kéo.")
        return 0
    push()
    report = Path(folder) / "report.md"
    text = report.read_text("utf-8", errors="replace")[:60_000]
    body = {"title": TITLE, "body": text or "Bản ghi mới từ máy có GPU."}
    mine = [p for p in gh.open_pulls() if p["head"]["ref"] == BRANCH and gh.mine(p)]
    if mine:
        gh.api(f"pulls/{mine[0]['number']}", "-X", "PATCH", body=body)
    else:
        new = {**body, "base": "main", "head": BRANCH}
        gh.api("pulls", "-X", "POST", body=new)
    return 0


def mirror(new: Path, here: Path) -> None:
    """Make ``here`` hold exactly the plain recordings of ``new``."""
    wanted = {p.relative_to(new) for p in new.rglob("*") if plain(p)}
    for path in [p for p in here.rglob("*") if p.is_file() or p.is_symlink()]:
        if path.relative_to(here) not in wanted and not path.name.startswith("."):
            path.unlink()
    for name in sorted(wanted):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(new / name, here / name, follow_symlinks=False)


def plain(path: Path) -> bool:
    """A small file of a kind that recordings have, and no link."""
    if path.is_symlink() or not path.is_file() or path.suffix not in KINDS:
        return False
    return path.stat().st_size <= MOST_BYTES


def push() -> None:
    """One commit on the branch of the bot, over whatever was there."""
    run("git", "switch", "-q", "-C", BRANCH)
    run("git", "add", "--", PLACE)
    run("git", "-c", f"user.name={BOT}", "-c", f"user.email={MAIL}",
        "commit", "-q", "-m", TITLE)  # fmt: skip
    run("gh", "auth", "setup-git")
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    remote = f"{server}/{gh.repository()}"
    run("git", "push", "-q", "--force", remote, f"HEAD:refs/heads/{BRANCH}")


def run(*command: str) -> str:
    """Output of a command; its own message when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:3])}: {done.stderr.strip()}")
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
