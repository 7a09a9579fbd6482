"""Put together what GitHub Pages serves: the site of main and the previews.

A preview is a stranger's static files under ``xem-truoc/<number>/``: copied, not run.
Branches of this repository are previewed at once; of a fork, the one commit for which
a maintainer set the label (``ci.approve`` wrote it on the commit).
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from . import gh

PLACE = LABEL = "xem-truoc"
SITE = "trang"  # artifact with the built site
OURS = ("push", "workflow_dispatch")
MOST_BYTES = 200_000_000
HIDE = '<meta name="robots" content="noindex">'


def main(out: str) -> int:
    """Fill ``out``; the site of main must be there, a preview may fail alone."""
    target = Path(out)
    run = os.environ.get("MAIN_RUN") or newest(main_runs())
    if not run or not gh.download(run, SITE, str(target)):
        raise SystemExit(
            "Không tìm thấy trang của main: chạy luồng Đưa lên mạng trước."
        )
    for pull in filter(previewed, gh.open_pulls()):
        if run := newest(gh.runs_of(pull)):
            add(run, target / PLACE / str(int(pull["number"])))
    return 0


def site() -> str:
    """Address of the site, with its last slash."""
    org, name = gh.repository().split("/")
    host = f"{org.lower()}.github.io"
    return f"https://{host}/" if name == host else f"https://{host}/{name}/"


def previewed(pull: dict) -> bool:
    """Whether this pull request's pages may be put on the site."""
    labelled = LABEL in {label["name"] for label in pull["labels"]}
    return gh.mine(pull) or (labelled and approved(pull["head"]["sha"]))


def approved(sha: str) -> bool:
    """Whether the label was set when this commit was the newest."""
    said = gh.pages(f"commits/{sha}/statuses")
    return any(s["context"] == LABEL and s["state"] == "success" for s in said)


def main_runs() -> list[dict]:
    """Runs that deploy main: a fork's branch may be called main too."""
    runs = gh.runs("deploy.yml", "branch=main")
    return [r for r in runs if r["event"] in OURS and gh.origin(r) == gh.repository()]


def newest(runs: list[dict]) -> str:
    """Newest run that built a site, even if what came after failed or was cancelled."""
    return next((str(r["id"]) for r in runs if gh.has(r["id"], SITE)), "")


def add(run: str, target: Path) -> None:
    """Copy one preview if it is nothing but plain static files."""
    with tempfile.TemporaryDirectory() as folder:
        if not gh.download(run, SITE, folder):
            return
        reason = refuse(Path(folder))
        if reason:
            print(f"Bỏ bản xem trước {target.name}: {reason}")
            return
        hide(Path(folder))
        shutil.copytree(folder, target)
        print(f"Thêm bản xem trước {target.name}")


def refuse(folder: Path) -> str:
    """Why a preview is not taken; '' when it is fine."""
    total = 0
    for path in folder.rglob("*"):
        if path.is_symlink():
            return f"có liên kết mềm {path.name}"
        if path.is_file():
            total += path.stat().st_size
    return "quá nặng" if total > MOST_BYTES else ""


def hide(folder: Path) -> None:
    """Keep previews out of search engines."""
    for path in folder.rglob("*.html"):
        text = path.read_text("utf-8", errors="replace")
        path.write_text(text.replace("<head>", f"<head>{HIDE}", 1), "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
