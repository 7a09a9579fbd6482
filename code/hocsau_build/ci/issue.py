"""Open an issue, or refresh the open one of the same title, from a file."""

from __future__ import annotations

import sys
from pathlib import Path

from . import gh

LIMIT = 60_000


def main(title: str, file: str) -> int:
    """``python -m hocsau_build.ci.issue "Title" report.md``"""
    text = Path(file).read_text("utf-8", errors="replace")
    if len(text) > LIMIT:
        text = text[:LIMIT] + "\n\n(cắt bớt; bảng đầy đủ ở tệp của lần chạy)"
    same = [
        i for i in gh.pages("issues?state=open")
        if i["title"] == title and "pull_request" not in i
    ]  # fmt: skip
    if same:
        gh.api(f"issues/{same[0]['number']}", "-X", "PATCH", body={"body": text})
    else:
        gh.api("issues", "-X", "POST", body={"title": title, "body": text})
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
