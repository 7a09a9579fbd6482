"""Answer to a claimed page: its skeleton, for who has only a browser.

``… ci.claim draft FILE`` writes the answer, beside the book's code and without rights;
``… ci.claim post FILE`` posts it, with the standard library only. Of what a stranger
wrote in the issue, only the id of a page of the maps is used.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

from . import gh

LABEL = "nhận trang"
ID = re.compile(r"\b(?:nyu|mit|dlsys|nm)/[a-z0-9-]{1,40}\b")
FENCE = "``````"
ANSWER = """\
Cảm ơn bạn đã nhận trang **{id}**. Có máy tính với Python: `make new ID={id}{more}`.
Chỉ có trình duyệt: [tạo tệp này trên GitHub]({link}), dán khung dưới đây, viết vào \
các chỗ `% viết:`, rồi gửi; thêm một dòng vào `_toc.yml`:

```text
{toc}
```

<details><summary>Khung của trang</summary>

{fence}markdown
{text}{fence}

</details>
"""


def event() -> dict:
    """The issue, as GitHub describes it."""
    return json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))["issue"]


def main(what: str, file: str) -> int:
    """Draft or post the answer; an issue that claims nothing gets none."""
    issue, path = event(), Path(file)
    if LABEL not in {label["name"] for label in issue["labels"]}:
        print("Issue này không nhận trang nào.")
    elif what == "draft":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(answer(issue), "utf-8")
    elif text := path.read_text("utf-8").strip():
        gh.api(f"issues/{int(issue['number'])}/comments", "-X", "POST",
               body={"body": text[:60_000]})  # fmt: skip
    return 0


def answer(issue: dict) -> str:
    """Text of the comment; '' when the issue names no page of the maps."""
    from .. import scaffold
    from ..errors import BookError
    from ..layout import Book, find_root

    said = f"{issue['title']}\n{issue.get('body') or ''}"
    found = ID.search(said)
    if not found:
        return ""
    try:
        made = scaffold.plan(
            found[0],
            Book(find_root()),
            scaffold.Wish(translate="Dịch trang gốc" in said),
        )
    except BookError as exc:
        return f"Chưa dựng khung cho `{found[0]}`: {exc.problem.what}.\n"
    return show(found[0], made)


def show(page_id: str, made) -> str:
    """The answer for a page that can be begun."""
    from ..repo import repo_info

    folder, _, name = made.doc.rpartition("/")
    info = repo_info(made.root)
    return ANSWER.format(
        id=page_id, text=made.text, toc=made.line, fence=FENCE,
        more=" DICH=1" if "\n  origin: translation\n" in made.text else "",
        link=f"{info.url}/new/{info.branch}/{folder}?filename={name}.md",
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
