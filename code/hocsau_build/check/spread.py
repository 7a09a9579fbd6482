"""Page rules over many pages: on every core when the book is large."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading

from ..errors import Problem
from .page import Page

#: So many pages are looked at before another process pays.
SHARE = 12
_work: tuple = ()


def over(pages: list[Page], rules: list, source) -> list[Problem]:
    """What page rules say of these pages, suppressed or not."""
    jobs = min(_cores(), len(pages) // SHARE)
    # Forked workers share what is already read; where that is unsafe, work alone.
    if jobs < 2 or sys.platform != "linux" or threading.active_count() > 1:
        return [p for page in pages for p in _one(page, rules, source)]
    global _work
    _work = pages, rules, source
    try:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            found = pool.map(_numbered, range(len(pages)), chunksize=2)
    finally:
        _work = ()
    return [p for part in found for p in part]


def _cores() -> int:
    asked = os.environ.get("HOCSAU_JOBS", "")
    return int(asked) if asked.isdigit() else len(os.sched_getaffinity(0))


def _numbered(number: int) -> list[Problem]:
    pages, rules, source = _work
    return _one(pages[number], rules, source)


def _one(page: Page, rules: list, source) -> list[Problem]:
    found = page_findings(page, rules, source)
    page.forget()
    return found


def page_findings(page: Page, rules: list, source) -> list[Problem]:
    """What page rules say of one page, suppressed or not."""
    out = []
    for one in rules:
        level = "notice" if one.gentle and page.skeleton else "error"
        for hit in one.look(page, source) if one.wants_source else one.look(page):
            path, line, what = hit if len(hit) == 3 else (page.shown, *hit)
            out.append(Problem(path, line, one.code, what, one.fix, level))
    return out
