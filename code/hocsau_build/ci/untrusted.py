"""A report that a stranger's code wrote, reduced to what a comment may show."""

from __future__ import annotations

import json
import re
from pathlib import Path

DOC = re.compile(r"book/[a-z0-9][a-z0-9/_-]{0,150}")
NAME = re.compile(r"[a-z0-9-]{1,100}")
KINDS = ("svg", "png")
UNSAFE = re.compile(r"[^\w\s.,:;()+–-]")
#: What could end a block of code, or what no line of it should hold.
NOT_CODE = re.compile(r"[`~\x00-\x1f\x7f\u200b-\u200f\u2028-\u202f\u2066-\u2069]")
MOST_BYTES, MOST_LINES = 1_000_000, 40


def read(path: Path) -> dict | None:
    """The report with nothing in it but what the comment may show."""
    try:
        data = json.loads(path.read_text("utf-8")[:MOST_BYTES])
        return {
            "pages": [page(p) for p in data["pages"] if DOC.fullmatch(p["doc"])],
            "check": int(data["check"]),
            "findings": [finding(f) for f in listed(data, "findings")[:MOST_LINES]],
            "figures": [*filter(None, map(figure, listed(data, "figures")))],
            "unknown": [
                d for d in listed(data, "unknown") if DOC.fullmatch(str(d))
            ],
        }  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def listed(data: dict, key: str) -> list:
    found = data.get(key)
    return found if isinstance(found, list) else []


def page(raw: dict) -> dict:
    """Document name, plain title, seconds and whether it ran again."""
    title = " ".join(UNSAFE.sub("", str(raw.get("title", ""))).split())[:120]
    seconds = raw.get("seconds")
    return {
        "doc": raw["doc"],
        "title": title or raw["doc"],
        "seconds": float(seconds) if isinstance(seconds, int | float) else None,
        "ran": raw.get("ran") is True,
    }


def finding(raw: dict) -> str:
    """One line of what ``check`` found, to stand inside a block of code."""
    path, line, rule, what, remedy = (
        str(raw.get(key, "")) for key in ("path", "line", "rule", "what", "remedy")
    )
    text = f"{path}:{line}  {rule}  {what} — {remedy}"
    return NOT_CODE.sub(" ", text)[:300]


def figure(raw: dict) -> dict | None:
    """Page, name and number of a changed figure; nothing if any of them is odd."""
    doc, name, number = raw.get("doc"), raw.get("name"), raw.get("number")
    if not (isinstance(number, int) and 0 < number < 1000):
        return None
    if not (DOC.fullmatch(str(doc)) and NAME.fullmatch(str(name))):
        return None
    sides = {s: raw[s] for s in ("truoc", "sau") if raw.get(s) in KINDS}
    return {"doc": doc, "name": name, "number": number, **sides} if sides else None
