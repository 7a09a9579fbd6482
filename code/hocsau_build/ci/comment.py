"""One comment on a pull request, updated in place.

Runs with the right to write, from main, on data that a stranger's code wrote: every
field is checked, and which pull request it is comes from GitHub, not from them.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from pathlib import Path

from . import gh
from .publish import PLACE, previewed, site

MARK = "<!-- hocsau: lời bình tự động -->"
DOC = re.compile(r"book/[a-z0-9][a-z0-9/_-]{0,150}")
UNSAFE = re.compile(r"[^\w\s.,:;()+–-]")
MOST = 40


def main() -> int:
    """Write or update the comment of the pull request of ``HEAD_SHA``."""
    sha = os.environ["HEAD_SHA"]
    pull = next((p for p in gh.open_pulls() if p["head"]["sha"] == sha), None)
    if pull is None:
        print("Không có yêu cầu kéo nào đang mở ở commit này.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        gh.download(os.environ["RUN_ID"], "bao-cao", folder)
        report = read(Path(folder) / "report.json")
    publish(pull["number"], body(report, pull, sha))
    return 0


def read(path: Path) -> dict | None:
    """The report with nothing in it but what the comment may show."""
    try:
        data = json.loads(path.read_text("utf-8")[:1_000_000])
        pages = [clean(p) for p in data["pages"] if DOC.fullmatch(p["doc"])]
        return {"pages": pages, "check": int(data["check"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def clean(page: dict) -> dict:
    """Document name, plain title and seconds of one page."""
    title = " ".join(UNSAFE.sub("", str(page.get("title", ""))).split())[:120]
    seconds = page.get("seconds")
    return {
        "doc": page["doc"],
        "title": title or page["doc"],
        "seconds": float(seconds) if isinstance(seconds, int | float) else None,
    }


def body(report: dict | None, pull: dict, sha: str) -> str:
    """Text of the comment, in Markdown."""
    run = (
        f"https://github.com/{gh.repository()}/actions/runs/{int(os.environ['RUN_ID'])}"
    )
    good = os.environ["CONCLUSION"] == "success"
    verdict = "Mọi phép soát đều qua" if good else "Có phép soát chưa qua"
    lines = [MARK, f"**{verdict}** ở {sha[:10]} · [nhật ký và tệp dựng]({run})", ""]
    if report is None:
        lines += ['Trang chưa dựng được: mở nhật ký, việc "Dựng sách", để xem lỗi.']
        return "\n".join(lines)
    if report["check"]:
        lines += [f"`make check` tìm thấy {report['check']} điều phải sửa, "
                  "ghi ngay ở các dòng trong thẻ Files changed.", ""]  # fmt: skip
    lines += table(report["pages"], pull)
    return "\n".join(lines)


def table(pages: list[dict], pull: dict) -> list[str]:
    """Changed pages, linked to the preview where there is one."""
    if not pages:
        return ["Không trang nào đổi."]
    base = f"{site()}{PLACE}/{pull['number']}/" if previewed(pull) else None
    out = ["| trang đổi | chạy hết |", "|---|---|"]
    for page in pages[:MOST]:
        name = page["title"]
        link = (
            f"[{name}]({base}{page['doc']}.html)"
            if base
            else f"{name} (`{page['doc']}`)"
        )
        cost = f"{page['seconds']:.1f} s" if page["seconds"] is not None else "–"
        out.append(f"| {link} | {cost} |")
    if len(pages) > MOST:
        out.append(f"| và {len(pages) - MOST} trang nữa | |")
    note = "Bản xem trước lên mạng vài phút sau lời bình này."
    if base is None:
        note = ("Xem trước: tải tệp \"trang\" ở liên kết trên và mở index.html, "
                "hoặc đợi người bảo trì gắn nhãn xem-truoc.")  # fmt: skip
    return [*out, "", note]


def publish(number: int, text: str) -> None:
    """Update our comment, or write the first."""
    for old in gh.pages(f"issues/{number}/comments"):
        if old["body"].startswith(MARK) and old["user"]["type"] == "Bot":
            gh.api(f"issues/comments/{old['id']}", "-X", "PATCH", body={"body": text})
            return
    gh.api(f"issues/{number}/comments", "-X", "POST", body={"body": text})


if __name__ == "__main__":
    sys.exit(main())
