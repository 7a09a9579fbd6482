"""One comment on a pull request, updated in place.

Runs with the right to write, from main, on data that a stranger's code wrote: every
field is checked, and which pull request it is comes from GitHub, not from them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from . import gh, template
from .publish import PLACE, previewed, site
from .untrusted import read

MARK = "<!-- hocsau: lời bình tự động -->"
MOST = 40
SHOWN = 8  # pictures in the comment itself; the rest are on their own page


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
    good = os.environ["CONCLUSION"] == "success"
    text = template.fill(pull.get("body") or "", report, good)
    if text != (pull.get("body") or ""):
        gh.api(f"pulls/{pull['number']}", "-X", "PATCH", body={"body": text})
    return 0


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
    base = f"{site()}{PLACE}/{pull['number']}/" if previewed(pull) else None
    lines += findings(report) + table(report["pages"], base)
    lines += [*figures(report, base), preview(base)]
    return "\n".join(lines)


def findings(report: dict) -> list[str]:
    """What ``check`` found, as code: nothing in it is Markdown, a link or a mention."""
    if not report["check"]:
        return ["`make check`: không có gì phải sửa.", ""]
    more = report["check"] - len(report["findings"])
    rest = [f"… và {more} điều nữa"] if more > 0 else []
    return [
        f"`make check` tìm thấy {report['check']} điều phải sửa "
        "(ghi ngay ở các dòng trong thẻ Files changed):", "",
        "```text", *report["findings"], *rest, "```", "",
    ]  # fmt: skip


def table(pages: list[dict], base: str | None) -> list[str]:
    """Changed pages, linked to the preview where there is one, and what ran again."""
    if not pages:
        return ["Không trang nào đổi.", ""]
    out = ["| trang đổi | chạy lại | chạy hết |", "|---|---|---|"]
    for page in pages[:MOST]:
        name = page["title"]
        link = (
            f"[{name}]({base}{page['doc']}.html)"
            if base
            else f"{name} (`{page['doc']}`)"
        )
        cost = f"{page['seconds']:.1f} s" if page["seconds"] is not None else "–"
        out.append(f"| {link} | {'có' if page['ran'] else 'không cần'} | {cost} |")
    if len(pages) > MOST:
        out.append(f"| và {len(pages) - MOST} trang nữa | | |")
    spent = sum(p["seconds"] or 0 for p in pages if p["ran"])
    again = sum(p["ran"] for p in pages)
    return [*out, "", f"Chạy lại {again} trang, hết {spent:.1f} s.", ""]


def figures(report: dict, base: str | None) -> list[str]:
    """Pictures of changed figures, before beside after."""
    found = report["figures"]
    lines = unknown(report["unknown"])
    if not found:
        return lines
    if base is None:
        where = "mở thay-doi/index.html trong bản dựng tải về"
        names = ", ".join(f"{f['name']} ({f['doc']})" for f in found[:MOST])
        return [
            *lines,
            f"{len(found)} hình đổi: {names}; xem trước và sau: {where}.",
            "",
        ]
    folder = f"{base}thay-doi/"
    head = f"[{len(found)} hình đổi]({folder}index.html):"
    lines += [head, "", "| hình | trước | sau |", "|---|---|---|"]
    lines += [
        f"| {f['name']} | {image(folder, f, 'truoc')} | {image(folder, f, 'sau')} |"
        for f in found[:SHOWN]
    ]
    return [*lines, ""]


def unknown(docs: list[str]) -> list[str]:
    """Pages whose old figures are not at hand."""
    names = ", ".join(docs[:MOST])
    text = f"Không so được hình cũ của {names}: kho kết quả không còn bản trước."
    return [text, ""] if docs else []


def image(folder: str, figure: dict, side: str) -> str:
    if side not in figure:
        return "–"
    url = f"{folder}{figure['number']}-{side}.{figure[side]}"
    return f'<img src="{url}" width="300" alt="">'


def preview(base: str | None) -> str:
    if base:
        return "Bản xem trước lên mạng vài phút sau lời bình này."
    return ("Xem trước: tải tệp \"trang\" ở liên kết trên và mở index.html, "
            "hoặc đợi người bảo trì gắn nhãn xem-truoc.")  # fmt: skip


def publish(number: int, text: str) -> None:
    """Update our comment, or write the first."""
    for old in gh.pages(f"issues/{number}/comments"):
        if old["body"].startswith(MARK) and old["user"]["type"] == "Bot":
            gh.api(f"issues/comments/{old['id']}", "-X", "PATCH", body={"body": text})
            return
    gh.api(f"issues/{number}/comments", "-X", "POST", body={"body": text})


if __name__ == "__main__":
    sys.exit(main())
