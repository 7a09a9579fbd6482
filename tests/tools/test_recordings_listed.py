"""``status`` and the progress page list recordings, oldest first, with their state."""

from __future__ import annotations

import re
from types import SimpleNamespace

from hocsau_build import recordings
from hocsau_build.__main__ import main
from hocsau_build.pages import progress


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


def test_listing_by_age_and_state(gpu_mini, capsys):
    gpu_mini.page("q", cell("print('gpu')"), prose="Lời nhắc tới gpu.\n\n")
    gpu_mini.recorded()
    gpu_mini.page("r", cell("1", "tags: [gpu]"))
    (gpu_mini.root / "book/hong.md").write_bytes(b"gpu \xff")
    gpu_mini.pages.append("hong")
    gpu_mini.toc()
    found = recordings.listing(gpu_mini.book)
    assert list(found.items()) == [
        ("book/r", ("missing", "")), ("book/p", ("fresh", "2026-11-30")),
    ]  # fmt: skip
    gpu_mini.pages.remove("hong")
    gpu_mini.toc()
    assert main(["status"]) == 0
    said = capsys.readouterr().out
    below = said[said.index("Bản ghi GPU, cũ nhất trước") :].splitlines()[1:3]
    assert [line.split() for line in below] == [
        ["–", "chưa", "ghi", "book/r"], ["2026-11-30", "còn", "mới", "book/p"],
    ]  # fmt: skip


def frame(recorded, docs):
    facts = SimpleNamespace(courses={}, written={}, recorded=recorded)
    return SimpleNamespace(facts=facts, docs=docs, href=lambda doc: f"{doc}.html")


def test_the_progress_page_lists_them():
    recorded = {"book/a": ("missing", ""), "book/b": ("stale", "2026-11-30")}
    html = progress.matrix(frame(recorded, {"book/a", "book/b"}), "")
    rows = re.findall(r'<tr role="row">(.*?)</tr>', html)[1:]
    text = [re.sub(r"<[^>]+>", "|", row) for row in rows]
    assert "chưa ghi" in text[0] and "cũ" in text[1] and "30/11/2026" in text[1]
    assert 'href="book/b.html"' in rows[1]
    assert progress.matrix(frame({}, set()), "") == ""
