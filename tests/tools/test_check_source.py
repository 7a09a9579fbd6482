"""Each page of a map says what it was written against (rule H06)."""

from __future__ import annotations

import pytest

from hocsau_build import check
from hocsau_build.check.head_facts import DATED, MAP, PLACE, SOURCE, with_line

GIVEN = '"3049c832"'


def said(mini, line: str, maps: str = DATED) -> list[str]:
    mini.file("book/a.md", with_line(line))
    mini.file(PLACE, maps)
    mini.pages = ["a"]
    mini.toc()
    return [p.what for p in check.problems(mini.book) if p.rule == "H06"]


def test_a_page_with_an_upstream_must_name_it(mini):
    assert said(mini, "") == ["thiếu source: nyu/01-1 có bài gốc"]
    assert said(mini, "", MAP) == []  # the map knows of no text upstream
    assert said(mini, SOURCE) == []


@pytest.mark.parametrize("commit", ["null", '""', "main", '"3049c"', "3.5", "[]"])
def test_only_a_commit_s_name_counts(mini, commit):
    (what,) = said(mini, SOURCE.replace(GIVEN, commit))
    assert what == 'source thiếu commit, như commit: "3049c832"'


@pytest.mark.parametrize("commit", ['"3049c83"', "abcdef1", "1234567", f'"{"a" * 40}"'])
def test_any_commit_of_the_source_will_do(mini, commit):
    assert said(mini, SOURCE.replace(GIVEN, commit)) == []


def test_without_a_commit_in_the_map_none_is_asked_for(mini):
    line = SOURCE.replace(GIVEN, "null")
    assert said(mini, line, DATED.replace(', commit: "3049c832"', "")) == []
    assert said(mini, line, MAP) == []


def test_the_page_named_is_the_page_of_the_id(mini):
    assert said(mini, SOURCE.replace("01-1", "01-7")) == [
        "bản đồ phủ không có nyu trang 01-7"
    ]
    assert said(mini, SOURCE.replace("01-1", "01-2")) == [
        "id là nyu/01-1 nhưng source là nyu/01-2"
    ]
