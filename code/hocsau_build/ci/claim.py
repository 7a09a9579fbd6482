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
from difflib import get_close_matches
from pathlib import Path

from . import gh

LABEL = "nhận trang"
ID = re.compile(r"[a-z-]+/[a-z0-9-]{1,40}")
WORD = re.compile(r"[a-z0-9/-]{1,40}")
FIELD = re.compile(r"^### Id của trang\s+(.+)$", re.M)
FENCE = "``````"
ANSWER = """\
Cảm ơn bạn đã nhận trang **{id}**. Có máy tính với Python: `make new ID={id}{more}`.
Chỉ có trình duyệt: [tạo tệp này trên GitHub]({link}), dán khung dưới đây, viết vào \
các chỗ `% viết:`, rồi gửi. Trong `_toc.yml`, ngay sau dòng

```text
{before}
```

thêm

```text
{toc}
```

<details><summary>Khung của trang</summary>

{fence}markdown
{text}{fence}

</details>
"""
UNKNOWN = """\
Máy không nhận ra id của trang nào trong issue này.{near}
Mọi id ở trang [Tiến độ]({progress}), viết như nyu/04-1. Xin bấm "nhận trang này" ở \
đó, hoặc mở một issue mới với id đúng; issue này đóng được.
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
    """Text of the comment, whether the issue names a page of the maps or not."""
    from .. import scaffold, syllabus
    from ..errors import BookError
    from ..layout import Book, find_root

    book = Book(find_root())
    courses = syllabus.load(book.root / syllabus.PLACE)
    found = named(issue, courses)
    if len(found) != 1:
        return unknown(issue, courses, found)
    translate = "Dịch trang gốc" in (issue.get("body") or "")
    try:
        made = scaffold.plan(found[0], book, scaffold.Wish(translate=translate))
    except BookError as exc:
        return f"Chưa dựng khung cho `{found[0]}`: {exc.problem.what}.\n"
    return show(found[0], made)


def aliases(courses: dict) -> dict[str, str]:
    """Every way to write an id: ``nm/11`` is also ``nhap-mon/11``."""
    ids = {page.id: page.id for c in courses.values() for page in c.pages}
    also = {
        f"{page.course}/{page.short}": page.id
        for c in courses.values() for page in c.pages
    }  # fmt: skip
    return {**also, **ids}


def asked(issue: dict) -> str:
    """Where an id may stand without its course: the title and the form's field."""
    field = FIELD.search(issue.get("body") or "")
    return f"{issue['title']}\n{field[1] if field else ''}".lower()


def named(issue: dict, courses: dict) -> list[str]:
    """Ids of the pages that the issue may mean; one, when it is clear."""
    known = aliases(courses)
    said = f"{asked(issue)}\n{(issue.get('body') or '').lower()}"
    if full := [known[i] for i in ID.findall(said) if i in known]:
        return full[:1]
    words = set(WORD.findall(asked(issue)))
    return list(dict.fromkeys(i for i in known.values() if i.split("/")[1] in words))


def unknown(issue: dict, courses: dict, found: list[str]) -> str:
    """What to say when no page, or more than one, may be meant."""
    from .publish import site

    known = aliases(courses)
    words = [w for w in WORD.findall(asked(issue)) if re.search(r"\d", w)][:5]
    close = [known[i] for w in words for i in get_close_matches(w, known, 3, 0.5)]
    names = ", ".join(f"`{i}`" for i in dict.fromkeys([*found, *close][:6]))
    near = f" Có phải {names}?" if names else ""
    progress = f"{site()}book/phu-luc/tien-do.html"
    return UNKNOWN.format(near=near, progress=progress)


def show(page_id: str, made) -> str:
    """The answer for a page that can be begun."""
    from ..repo import repo_info

    folder, _, name = made.doc.rpartition("/")
    info = repo_info(made.root)
    before, new = place(made)
    return ANSWER.format(
        id=page_id, text=made.text, before=before, toc=new, fence=FENCE,
        more=" DICH=1" if "\n  origin: translation\n" in made.text else "",
        link=f"{info.url}/new/{info.branch}/{folder}?filename={name}.md",
    )  # fmt: skip


def place(made) -> tuple[str, str]:
    """The line of ``_toc.yml`` after which the new lines come, and these."""
    old = (made.root / "_toc.yml").read_text("utf-8").splitlines()
    new = made.toc.splitlines()
    last = new.index(made.line) + 1
    first = last - (len(new) - len(old))  # "sections:" is new for a first page
    return new[first - 1], "\n".join(new[first:last])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
