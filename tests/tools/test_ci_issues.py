"""Issues that workflows keep: of upstream changes, of claimed pages."""

from __future__ import annotations

import json

import pytest

from hocsau_build.ci import claim, drift


def issue(number, title, kind="Bot"):
    return {"number": number, "title": title, "user": {"type": kind}}


def test_one_issue_a_page_refreshed_and_closed(github, tmp_path):
    folder = tmp_path / "viec"
    folder.mkdir()
    (folder / drift.UNKNOWN).write_text("t/7\n")
    for n in (1, 2):
        (folder / f"t{n}.md").write_text(
            f"Bài gốc đã đổi: t/{n}\n\nthân {n}\n", "utf-8"
        )
    github.answer(**{"issues?": [
        issue(4, "Bài gốc đã đổi: t/1"), issue(5, "Bài gốc đã đổi: t/9"),
        issue(6, "Bài gốc đã đổi: t/8", "User"), issue(7, "Khác"),
        issue(8, "Bài gốc đã đổi: t/7"),  # its repository did not answer
    ]})  # fmt: skip
    assert drift.main(str(folder)) == 0
    assert github.writes == [
        ("issues/4", "PATCH", {"body": "thân 1"}),
        ("issues", "POST", {"title": "Bài gốc đã đổi: t/2", "body": "thân 2"}),
        ("issues/5", "PATCH", {"state": "closed"}),
    ]


MAP = """\
course: nyu
title_en: NYU
title_vi: NYU
pages:
- {id: nyu/04-1, kind: lecture, title_en: T, title_vi: Đạo hàm, week: 4, topics: [a]}
"""


def claimed(mini, github, title, labels=("nhận trang",), body=""):
    names = [{"name": n} for n in labels]
    issue = {"number": 9, "title": title, "labels": names, "body": body}
    path = mini.file("_build/event.json", json.dumps({"issue": issue}))
    out = str(mini.root / "_build/khung.md")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GITHUB_EVENT_PATH", str(path))
        assert claim.main("draft", out) == 0
        if (mini.root / "_build/khung.md").exists():
            assert claim.main("post", out) == 0
    return (github.home / "calls.jsonl").exists() and github.writes


def test_who_claims_a_page_gets_its_skeleton(mini, github):
    mini.file("book/_syllabus/nyu.yml", MAP)
    mini.page("nyu/index")
    evil = "xem nyu/04-1 @all <img> ``````` $(rm)"
    ((path, _, body),) = claimed(mini, github, "Nhận trang nyu/04-1", body=evil)
    text = body["body"]
    assert path == "issues/9/comments" and "@all" not in text and "rm" not in text
    assert "% viết: mở bằng" in text and "id: nyu/04-1" in text
    assert "- file: book/nyu/tuan-04/04-1-dao-ham\n" in text
    assert "/new/main/book/nyu/tuan-04?filename=04-1-dao-ham.md" in text
    assert not (mini.root / "book/nyu/tuan-04").exists()  # nothing is written


def test_a_claim_of_nothing_gets_no_answer(mini, github):
    mini.file("book/_syllabus/nyu.yml", MAP)
    mini.page("nyu/index")
    assert not claimed(mini, github, "Nhận trang ../../etc")
    assert not claimed(mini, github, "Nhận trang nyu/04-1", labels=())
    (mini.root / "_build/khung.md").unlink(missing_ok=True)
    ((_, _, body),) = claimed(mini, github, "nyu/99-9")
    assert "không có trang nào id nyu/99-9" in body["body"]
