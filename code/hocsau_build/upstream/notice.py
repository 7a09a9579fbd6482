"""The issue that tells a maintainer what moved upstream of one page.

Names of files come from a repository that is not ours: whatever could be Markdown in
them is put in code, without backticks.
"""

from __future__ import annotations

import re

from ..ci.drift import PREFIX
from .drift import Drift, File

_NOT_PLAIN = re.compile(r"[`\x00-\x1f]")


def issue(page, drift: Drift) -> str:
    """Title in the first line, then the body in Markdown."""
    lines = [
        f"{PREFIX}{page.id}",
        "",
        f"Trang **{page.id}** ({page.title_vi}) được viết theo bản `{drift.base[:10]}` "
        f"của {drift.repository}; nay kho ấy ở `{drift.head[:10]}` ({drift.date}).",
        "",
        "| tệp | thay đổi | dòng |",
        "|---|---|---|",
        *map(row, drift.files),
        "",
        "Đọc chỗ khác biệt, sửa trang nếu cần, rồi ghi commit mới vào "
        f'`source: {{…, commit: "{drift.head[:10]}"}}` ở phần đầu tệp.',
        "Việc này tự đóng khi trang đã ghi commit mới.",
    ]
    return "\n".join(lines) + "\n"


def row(file: File) -> str:
    """One file: its difference is a link."""
    name = _NOT_PLAIN.sub("", file.path).replace("|", "\\|")
    change = "không còn ở chỗ cũ" if file.gone else f"+{file.added} −{file.deleted}"
    return f"| `{name}` | [{change}]({file.link}) | {', '.join(file.lines) or '–'} |"
