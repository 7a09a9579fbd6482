"""One issue for each page whose upstream moved: ``… ci.drift FOLDER``.

The folder holds a file a page, title in the first line; an open issue of ours without
a file is closed: its page caught up. Of a page whose upstream was silent it stays.
"""

from __future__ import annotations

import sys
from pathlib import Path

from . import issue

PREFIX = "Bài gốc đã đổi: "
#: File of the ids of pages whose repository was silent, one a line.
UNKNOWN = "chua-ro.txt"


def main(folder: str) -> int:
    """Open, refresh and close, so that the issues are what the folder says."""
    silent = Path(folder) / UNKNOWN
    names = silent.read_text("utf-8").split() if silent.exists() else ()
    unknown = {PREFIX + name for name in names}
    texts = dict(split(path) for path in sorted(Path(folder).glob("*.md")))
    known = [i for i in issue.mine() if i["title"].startswith(PREFIX)]
    for title, text in texts.items():
        issue.put(title, text, known)
    for old in known:
        if old["title"] not in {*texts, *unknown}:
            issue.close(old["number"])
    print(f"{len(texts)} trang có gốc đổi")
    return 0


def split(path: Path) -> tuple[str, str]:
    """Title and body of one file."""
    title, _, text = path.read_text("utf-8", errors="replace").partition("\n")
    return title.strip(), text.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
