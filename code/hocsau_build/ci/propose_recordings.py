"""Propose new recordings: ``python -m hocsau_build.ci.propose_recordings FOLDER``.

Runs with the right to write, on what the machine with the GPU uploaded: nothing of it
is executed, and only plain recordings and pictures are taken. Standard library only.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from .branch import commit, git, propose

PLACE = "book/_recordings"
BRANCH = "bot/recordings"
TITLE = "Ghi lại đầu ra của các ô GPU"
UNTOLD = "Bản ghi mới từ máy có GPU; không có bảng so với bản cũ."
KINDS, MOST_BYTES = {".json", ".png", ".svg"}, 1_000_000


def main(folder: str) -> int:
    """Bring the uploaded recordings into a branch and its pull request."""
    mirror(Path(folder) / PLACE, Path(PLACE))
    if not git("status", "--porcelain", "--", PLACE).stdout.strip():
        print("Không bản ghi nào đổi; không mở yêu cầu kéo.")
        return 0
    commit(BRANCH, TITLE, PLACE)
    propose(BRANCH, TITLE, told(Path(folder) / "report.md"))
    return 0


def told(report: Path) -> str:
    """What moved; recordings whose report could not be made are proposed as well."""
    if not report.is_file() or report.is_symlink():
        return UNTOLD
    return report.read_text("utf-8", errors="replace")[:60_000] or UNTOLD


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
