"""Issues that a workflow keeps: one a title, refreshed while open, closed when over."""

from __future__ import annotations

import sys
from pathlib import Path

from . import gh

LIMIT = 60_000


def main(title: str, file: str) -> int:
    """``python -m hocsau_build.ci.issue "Title" report.md``"""
    put(title, Path(file).read_text("utf-8", errors="replace"), mine())
    return 0


def mine() -> list[dict]:
    """Open issues that a workflow opened; a stranger's of that title is not ours."""
    return [
        i for i in gh.pages("issues?state=open")
        if "pull_request" not in i and i["user"]["type"] == "Bot"
    ]  # fmt: skip


def put(title: str, text: str, known: list[dict]) -> None:
    """Open the issue, or refresh the open one of this title."""
    if len(text) > LIMIT:
        text = text[:LIMIT] + "\n\n(cắt bớt; bảng đầy đủ ở tệp của lần chạy)"
    same = [i for i in known if i["title"] == title]
    if same:
        gh.api(f"issues/{same[0]['number']}", "-X", "PATCH", body={"body": text})
    else:
        gh.api("issues", "-X", "POST", body={"title": title, "body": text})


def close(number: int) -> None:
    """Close an issue whose reason is gone."""
    gh.api(f"issues/{number}", "-X", "PATCH", body={"state": "closed"})


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
