"""A sample of chapters runs again and says the same, word for word."""

import pytest
from hocsau_build.execute import plan
from hocsau_build.layout import Book, find_root
from hocsau_build.run import run_page
from hocsau_build.store import Store

BOOK = Book(find_root())
SAMPLE = 2


def sample():
    """The cheapest chapters of the built book (the rest would cost minutes)."""
    kept = []
    for doc in BOOK.docs:
        work = plan(doc, BOOK)
        if work.chapter.is_notebook:
            record = Store(BOOK.store).get(work.key)
            assert record, f"{doc} is not built: run make book first"
            kept.append((record.facts["cpu"], doc, work, record))
    return sorted(kept, key=lambda k: k[:2])[:SAMPLE]


def texts(outputs):
    """Everything a cell printed or showed as text."""
    for cell in outputs:
        for output in cell:
            yield output.get("text") or (output.get("data") or {}).get("text/plain")


@pytest.mark.parametrize("at", range(SAMPLE))
def test_chapter_repeats_itself(at):
    _, doc, work, record = sample()[at]
    again = run_page(work.chapter, [work.setup, *(s for s, _ in work.cells)], BOOK.root)
    assert list(texts(again.outputs)) == list(texts(record.outputs)), doc
