"""One comment on a pull request, updated in place.

Runs with the right to write, from main, on data that a stranger's code wrote: every
field is checked, and which pull request it is comes from GitHub, not from them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import gh, template
from .publish import PLACE, SITE, previewed, site
from .untrusted import read

MARK = "<!-- hocsau: lời bình tự động -->"
MOST = 40
SHOWN = 8  # pictures in the comment itself; the rest are on their own page


@dataclass(frozen=True)
class Run:
    """The run that the comment is about; ``drawn``: it has a site."""

    id: int
    good: bool
    drawn: bool


def the_run(pull: dict) -> Run | None:
    """The run that has just ended (``RUN_ID``), else the last one of this commit."""
    number, end = os.environ.get("RUN_ID"), os.environ.get("CONCLUSION")
    if not number:
        ended = [r for r in gh.runs_of(pull) if r["status"] == "completed"]
        if not ended:
            return None
        number, end = ended[0]["id"], ended[0]["conclusion"]
    return Run(int(number), end == "success", gh.has(number, SITE))


def main() -> int:
    """Write or update the comment of the pull request of ``HEAD_SHA``."""
    sha = os.environ["HEAD_SHA"]
    pull = next((p for p in gh.open_pulls() if p["head"]["sha"] == sha), None)
    if pull is None:
        print("Không có yêu cầu kéo nào đang mở ở commit này.")
        return 0
    if (run := the_run(pull)) is None:
        print("Chưa có lần chạy nào xong ở commit này.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        gh.download(run.id, "bao-cao", folder)
        report = read(Path(folder) / "report.json")
    publish(pull["number"], body(report, pull, run))
    text = template.fill(pull.get("body") or "", report, run.good)
    if text != (pull.get("body") or ""):
        gh.api(f"pulls/{pull['number']}", "-X", "PATCH", body={"body": text})
    return 0


def body(report: dict | None, pull: dict, run: Run) -> str:
    """Text of the comment, in Markdown."""
    log = f"https://github.com/{gh.repository()}/actions/runs/{run.id}"
    verdict = "Mọi phép soát đều qua" if run.good else "Có phép soát chưa qua"
    where = f"{pull['head']['sha'][:10]} · [nhật ký và tệp dựng]({log})"
    lines = [MARK, f"**{verdict}** ở {where}", ""]
    if not run.drawn:
        lines += ['Trang chưa dựng được: mở nhật ký, việc "Dựng sách", để xem lỗi.', ""]
    if report is None:
        return "\n".join(lines)
    shown = run.drawn and previewed(pull)
    base = f"{site()}{PLACE}/{pull['number']}/" if shown else None
    lines += findings(report) + table(report["pages"], base)
    if run.drawn:
        lines += [*figures(report, base), preview(base, pull)]
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


def preview(base: str | None, pull: dict) -> str:
    if base:
        return "Bản xem trước lên mạng vài phút sau lời bình này."
    old = any(label["name"] == PLACE for label in pull["labels"])
    again = "gỡ rồi gắn lại nhãn (nhãn chỉ tính cho một commit)" if old else "gắn nhãn"
    return ("Xem trước: tải tệp \"trang\" ở liên kết trên và mở index.html, "
            f"hoặc đợi người bảo trì {again} xem-truoc.")  # fmt: skip


def publish(number: int, text: str) -> None:
    """Update our comment, or write the first."""
    for old in gh.pages(f"issues/{number}/comments"):
        if old["body"].startswith(MARK) and old["user"]["type"] == "Bot":
            gh.api(f"issues/comments/{old['id']}", "-X", "PATCH", body={"body": text})
            return
    gh.api(f"issues/{number}/comments", "-X", "POST", body={"body": text})


if __name__ == "__main__":
    sys.exit(main())
