"""What moved upstream of a page: told by real repositories, remembered for the site."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from hocsau_build.__main__ import main
from hocsau_build.ci.drift import UNKNOWN
from hocsau_build.upstream import drift, notice, survey
from hocsau_build.upstream.git import GitError, open_clone

PAGE = "\n".join(f"dòng {n}" for n in range(1, 21)) + "\n"
MAP = """\
course: thu
title_en: A course
title_vi: Một khóa
repository: {url}
pages:
- {{id: thu/01, kind: lecture, title_en: P, title_vi: Trang, topics: [một],
    source: {{path: docs/01.md, commit: {commit}}}}}
- {{id: thu/02, kind: lecture, title_en: Q, title_vi: Hai, topics: [một],
    source: {{path: docs/02.md, commit: {commit}}}}}
"""
HEAD = """\
---
hocsau:
  id: thu/{n}
  source: {{course: thu, page: "{n}", commit: "{commit}"}}
---

# Trang {n}

% topic: 1
"""


@pytest.fixture
def there(tmp_path, mini, upstream, monkeypatch):
    monkeypatch.delenv("HOCSAU_UPSTREAM", raising=False)
    monkeypatch.setenv("HOCSAU_BUILD", str(tmp_path / "dung"))
    repo = upstream
    repo.first = repo.commit(docs__01_md=PAGE, docs__02_md=PAGE)
    mini.file("book/_syllabus/thu.yml", MAP.format(url=repo.url, commit=repo.first))
    for n in ("01", "02"):
        text = HEAD.format(n=n, commit=repo.first[:8])
        mini.file(f"book/t{n}.md", text)
        mini.pages.append(f"t{n}")
    mini.toc()
    repo.mini = mini
    return repo


def edited(there) -> str:
    text = PAGE.replace("dòng 3\n", "").replace("dòng 9\n", "chín\nchín rưỡi\n")
    return there.commit(docs__01_md=text)


def test_files_lines_and_link_of_a_change(there):
    head = edited(there)
    found = survey.look(there.mini.book)
    assert set(found.pages) == {"thu/01", "thu/02"} and not found.silent
    assert found.pages["thu/02"].files == ()
    moved = found.pages["thu/01"]
    (file,) = moved.files
    assert (file.path, file.added, file.deleted) == ("docs/01.md", 2, 2)
    assert file.lines == ("2", "8–9") and moved.date == "2026-05-04"
    assert file.link.startswith(f"{there.url}/compare/{there.first[:8]}...{head[:12]}")
    assert drift.words(file) == "docs/01.md: +2 −2 dòng, dòng 2, 8–9"


def test_the_second_look_fetches_what_is_new(there):
    assert not survey.look(there.mini.book).pages["thu/01"].files
    edited(there)
    assert survey.look(there.mini.book).pages["thu/01"].files


def test_a_file_that_is_gone_and_a_rewritten_history(there):
    there.commit(docs__01_md=None)
    (file,) = survey.look(there.mini.book).pages["thu/01"].files
    assert file.gone and "/commits/HEAD/docs/01.md" in file.link
    text = HEAD.format(n="02", commit="0" * 40)
    there.mini.file("book/t02.md", text)
    found = survey.look(there.mini.book)
    assert "thu/02" not in found.pages and "không có commit" in found.silent[there.url]


def test_a_local_clone_is_read_as_it_stands(there, tmp_path, monkeypatch):
    monkeypatch.setenv("HOCSAU_UPSTREAM", str(tmp_path / "xa"))
    edited(there)
    assert survey.look(there.mini.book, network=False).pages["thu/01"].files
    assert not (tmp_path / "dung").exists()


def test_no_answer_is_said_and_memory_stands_in(there, capsys):
    edited(there)
    assert main(["upstream"]) == 0
    assert "Đã ghi" in capsys.readouterr().out
    there.folder.rename(there.folder.with_name("mat"))
    assert main(["status"]) == 0
    out = capsys.readouterr().out
    assert "gốc đã đổi" in out and "gốc như cũ" in out
    assert "thu/01: gốc đổi từ" in out and "dòng 2, 8–9" in out
    assert f"Không hỏi được {there.url}" in out and "dùng kết quả ghi ngày" in out
    was = (there.mini.root / survey.PLACE).read_text("utf-8")
    assert main(["upstream"]) == 1  # where nobody answers nothing was checked
    assert (there.mini.root / survey.PLACE).read_text("utf-8") == was


def test_where_nobody_answers_nothing_is_written(there):
    there.folder.rename(there.folder.with_name("mat"))
    assert main(["upstream"]) == 1
    assert not (there.mini.root / survey.PLACE).exists()


MORE = """\
- {{id: thu/03, kind: lecture, title_en: R, title_vi: Ba, topics: [một],
    source: {{path: docs/03.md, commit: {commit}, repository: {url}}}}}
"""


@pytest.fixture
def two(there, tmp_path):
    """A third page, from a repository that has gone silent after one look."""
    other = there.second = type(there)(tmp_path / "xa", "truong/khac")
    first = other.commit(docs__03_md=PAGE)
    maps = there.mini.root / "book/_syllabus/thu.yml"
    maps.write_text(maps.read_text() + MORE.format(url=other.url, commit=first))
    there.mini.file("book/t03.md", HEAD.format(n="03", commit=first[:8]))
    there.mini.pages.append("t03")
    there.mini.toc()
    other.commit(docs__03_md=PAGE + "thêm\n")
    assert main(["upstream"]) == 0
    other.folder.rename(other.folder.with_name("mat"))
    return there


def test_one_silent_repository_stops_nothing(two, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    edited(two)
    capsys.readouterr()
    assert main(["upstream", "--issues", str(tmp_path / "viec")]) == 0
    assert f"::warning::Không hỏi được {two.second.url}" in capsys.readouterr().out
    names = {path.name for path in (tmp_path / "viec").iterdir()}
    assert names == {"thu-01.md", "thu-03.md", UNKNOWN}
    assert (tmp_path / "viec" / UNKNOWN).read_text() == "thu/03\n"


def test_each_answer_keeps_the_day_on_which_it_was_given(two):
    path = two.mini.root / survey.PLACE
    path.write_text(re.sub(r'"checked": "[^"]+"', '"checked": "2026-01-02"',
                           path.read_text("utf-8")), "utf-8")  # fmt: skip
    edited(two)
    assert main(["upstream"]) == 0
    pages = json.loads(path.read_text("utf-8"))["pages"]
    today = dt.date.today().isoformat()
    days = {name: page["checked"] for name, page in pages.items()}
    assert days == {"thu/01": today, "thu/02": today, "thu/03": "2026-01-02"}
    assert survey.last_asked(survey.remembered(two.mini.root), two.second.url) == (
        "2026-01-02"
    )


def test_memory_counts_only_for_the_commit_it_was_made_for(there):
    head = edited(there)
    book = there.mini.book
    assert survey.save(book, survey.look(book))
    assert set(survey.moved(book)) == {"thu/01"}
    there.mini.file("book/t01.md", HEAD.format(n="01", commit=head[:8]))
    assert survey.moved(there.mini.book) == {}
    assert not survey.look(there.mini.book).pages["thu/01"].files


def test_a_commit_elsewhere_upstream_is_nothing_to_write(there):
    book = there.mini.book
    assert survey.save(book, survey.look(book))
    there.commit(khac_md="x")
    assert not survey.save(book, survey.look(book))


@pytest.mark.parametrize("text", ["", "[]", '{"pages": 1}', '{"pages": {"a": {}}}'])
def test_a_broken_memory_is_no_memory(mini, text):
    mini.file(survey.PLACE, text)
    assert survey.remembered(mini.root).pages == {}


@pytest.mark.parametrize("commit", ["--upload-pack=x", "main", "$(x)", "abc"])
def test_only_a_commit_s_name_reaches_git(there, commit):
    text = HEAD.format(n="01", commit=commit)
    there.mini.file("book/t01.md", text)
    assert "thu/01" not in survey.sources(there.mini.book)


def test_a_repository_that_is_not_there_says_so(mini, tmp_path):
    with pytest.raises(GitError):
        open_clone(str(tmp_path / "khong/co"), mini.book)
    with pytest.raises(GitError, match="bản sao"):
        open_clone("https://x/y/z", mini.book, network=False)


def test_one_file_for_one_issue_names_stay_text(there, tmp_path):
    edited(there)
    assert main(["upstream", "--issues", str(tmp_path / "viec")]) == 0
    (path,) = (tmp_path / "viec").glob("*.md")
    assert path.read_text("utf-8").startswith("Bài gốc đã đổi: thu/01\n")
    evil = drift.File("a|b`](x) @all.md", 1, 0, ("3",), False, "https://x")
    assert notice.row(evil).count("`") == 2 and "a\\|b" in notice.row(evil)


def test_the_memory_is_json_that_git_can_compare(there):
    edited(there)
    survey.save(there.mini.book, survey.look(there.mini.book))
    text = (there.mini.root / survey.PLACE).read_text("utf-8")
    assert list(json.loads(text)["pages"]) == ["thu/01", "thu/02"]
    assert text.endswith("}\n")
