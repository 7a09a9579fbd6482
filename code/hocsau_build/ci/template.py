"""The lines of a pull request's description that the machine fills in.

The template marks them with comments: ``- [ ] … <!-- máy: soát -->`` is ticked or not,
and what stands between ``<!-- máy: trang -->`` and ``<!-- /máy -->`` is the list of
changed pages. Whatever its author took out stays out.
"""

from __future__ import annotations

import re

_TICK = re.compile(r"^(\s*[-*] )\[[ xX]\]([^\n]*<!-- máy: (soát|dựng) -->)", re.M)
_PAGES = re.compile(r"(<!-- máy: trang -->)[^\n]*?(<!-- /máy -->)")


def fill(text: str, report: dict | None, good: bool) -> str:
    """The description with the machine's part brought up to date."""
    done = {
        "soát": report is not None and report["check"] == 0,
        "dựng": report is not None and good,
    }
    text = _TICK.sub(lambda m: f"{m[1]}[{'x' if done[m[3]] else ' '}]{m[2]}", text)
    if report is None:
        return text
    names = ", ".join(f"`{p['doc']}`" for p in report["pages"][:20])
    return _PAGES.sub(lambda m: f"{m[1]} {names or 'không trang nào'} {m[2]}", text)
