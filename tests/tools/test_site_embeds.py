"""Embedded cells: bars, links, tints, and text that copies unchanged."""

import html
import re

import pytest
from sphinx.highlighting import PygmentsBridge

from hocsau_build.repo import Repo
from hocsau_build.site.embeds import draw_block, fold_label

SOURCE = '''# kim/ops.py · mul
def mul(a, b):
    """Tích từng phần tử,
    hai dòng."""
    return a * b

# kim/ops.py · add
def add(a, b):
    return a - b'''


def part(name, first, last, start, end, changed=()):
    return {
        "path": "kim/ops.py", "name": name, "first": first, "last": last,
        "start": start, "end": end, "changed": list(changed), "edited": bool(changed),
    }  # fmt: skip


PARTS = [part("mul", 10, 13, 1, 5), part("add", 20, 21, 7, 9, changed=[9])]


@pytest.fixture(scope="module")
def drawn():
    return draw_block(
        PygmentsBridge("html", "a11y-high-contrast-light"),
        SOURCE, "ipython3", PARTS, Repo("o", "n", "main", "abc"),
    )  # fmt: skip


def test_the_text_of_the_cell_is_unchanged(drawn):
    body = re.search(r"<pre>(.*)</pre>", drawn, re.DOTALL)[1]
    assert html.unescape(re.sub(r"<[^>]+>", "", body)).rstrip("\n") == SOURCE


def test_each_part_has_a_bar_that_links_to_its_lines(drawn):
    bars = re.findall(
        r'<span class="hs-bar.*?href="([^"]+)".*?data-text="([^"]+)"', drawn
    )
    start = "https://github.com/o/n/blob/abc/code/kim/ops.py"
    assert [url for url, _ in bars] == [start + "#L10-L13", start + "#L20-L21"]
    assert [text for _, text in bars] == ["dòng 10-13", "dòng 20-21"]


def test_only_the_edited_part_says_so_and_tints_its_lines(drawn):
    first, second = drawn.split("hs-bar")[1:]
    assert "đã sửa" not in first
    assert "đã sửa" in second
    tinted = re.findall(r'<span class="hs-changed">(.*?)\n</span>', drawn, re.DOTALL)
    assert [re.sub(r"<[^>]+>", "", line) for line in tinted] == ["    return a - b"]


def test_fold_labels():
    assert fold_label(PARTS[:1]) == "kim/ops.py · mul (4 dòng)"
    assert fold_label(PARTS) == "kim/ops.py · mul, add (6 dòng) · đã sửa"
