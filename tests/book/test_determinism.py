"""A sample of chapters runs again and says the same, word for word."""

import pytest

from hocsau_build.layout import find_root
from hocsau_build.run import run_page


def texts(outputs):
    """Everything a cell printed or showed as text."""
    for cell in outputs:
        for output in cell:
            yield output.get("text") or (output.get("data") or {}).get("text/plain")


@pytest.mark.parametrize("at", [0, 1])
def test_chapter_repeats_itself(cheapest, at):
    doc, work, record = cheapest[at]
    sources = [work.setup, *(source for source, _ in work.cells)]
    again = run_page(work.chapter, sources, find_root())
    assert list(texts(again.outputs)) == list(texts(record.outputs)), doc
