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
NHAP_MON = """\
course: nhap-mon
title_en: A
title_vi: A
pages:
- {id: nm/11, kind: lecture, title_en: T, title_vi: Tích chập, topics: [a]}
- {id: nm/04-1, kind: lecture, title_en: T, title_vi: Tích chập, topics: [a]}
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


def begun(mini):
    mini.file("book/_syllabus/nyu.yml", MAP)
    mini.page("nyu/index")
    mini.page("nhap-mon/index")
    return mini


def told(mini, github, title, body=""):
    ((_, _, sent),) = claimed(begun(mini), github, title, body=body)
    return sent["body"]


@pytest.mark.parametrize(
    ("title", "body", "page"),
    [
        ("Nhận trang 04-1", "", "nyu/04-1"),
        ("Nhận trang NYU/04-1", "", "nyu/04-1"),
        ("Nhận trang", "### Id của trang\n\n04-1\n\n### Cách làm\n\nx", "nyu/04-1"),
        ("Tôi viết", "xin nhận nyu/04-1 nhé", "nyu/04-1"),
        ("Nhận trang nhap-mon/11", "", "nm/11"),
        ("Nhận trang Nhap-Mon/11.", "", "nm/11"),
    ],
)
def test_an_id_is_known_however_it_is_written(mini, github, title, body, page):
    if page == "nm/11":
        mini.file("book/_syllabus/nhap-mon.yml", NHAP_MON)
    text = told(mini, github, title, body)
    assert f"đã nhận trang **{page}**" in text and f"id: {page}" in text


def test_an_id_that_two_courses_have_is_asked_about(mini, github):
    mini.file("book/_syllabus/nhap-mon.yml", NHAP_MON)
    text = told(mini, github, "Nhận trang 04-1")
    assert "không nhận ra" in text and "`nyu/04-1`" in text and "`nm/04-1`" in text


@pytest.mark.parametrize("title", ["Nhận trang nyu/04-7", "nyu 4-1", "nyu/041"])
def test_an_unknown_id_gets_the_nearest_ones(mini, github, title):
    text = told(mini, github, title)
    assert "không nhận ra" in text and "Có phải `nyu/04-1`?" in text
    assert "https://o.github.io/n/book/phu-luc/tien-do.html" in text


def test_what_is_no_id_is_not_repeated(mini, github):
    evil = "### Id của trang\n\n../../etc @all <img> `x`"
    text = told(mini, github, "Nhận trang ../../etc", evil)
    assert "không nhận ra" in text and "etc" not in text and "@all" not in text


def test_the_line_of_the_contents_comes_with_its_place(mini, github):
    toc = begun(mini).root / "_toc.yml"
    text = told(mini, github, "Nhận trang nyu/04-1")
    new = "    sections:\n      - file: book/nyu/tuan-04/04-1-dao-ham"
    assert f"ngay sau dòng\n\n```text\n  - file: book/nyu/index\n```\n\nthêm\n\n" \
        f"```text\n{new}\n```" in text  # fmt: skip
    old = toc.read_text("utf-8")
    assert old.count("  - file: book/nyu/index\n") == 1
    other = "    sections:\n      - file: book/a\n"
    index = "  - file: book/nyu/index\n"
    toc.write_text(old.replace(index, index + other), "utf-8")
    text = claimed(mini, github, "Nhận trang nyu/04-1")[-1][2]["body"]
    assert "dòng\n\n```text\n      - file: book/a\n```" in text
    assert "```text\n      - file: book/nyu/tuan-04/04-1-dao-ham\n```" in text


def test_an_issue_that_is_no_claim_gets_no_answer(mini, github):
    assert not claimed(begun(mini), github, "Nhận trang nyu/04-1", labels=())
