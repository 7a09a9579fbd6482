"""The page's own bibliography as a numbered list."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=4)
def entries(path: Path, stamp: float) -> dict:
    """Parsed entries of the bibliography file."""
    from pybtex.database import parse_file

    return dict(parse_file(str(path)).entries) if path.exists() else {}


def authors(entry) -> str:
    """Family names for a citation in the sentence."""
    names = [" ".join(p.prelast_names + p.last_names) for p in _people(entry)]
    names = [_plain(n) for n in names if n != "others"]
    if len(names) > 2 or len(names) < len(_people(entry)):
        return f"{names[0]} và cộng sự"
    return " và ".join(names)


def reference(entry) -> str:
    """One entry as a line of Markdown, with the link that leads to it."""
    names = ", ".join(_name(p) for p in _people(entry))
    fields = entry.fields
    title = _plain(fields.get("title", ""))
    place = fields.get("journal") or fields.get("booktitle")
    place = _plain(place or fields.get("publisher") or "")
    parts = [names, f"*{title}*", place, fields.get("year", "")]
    line = ". ".join(p.rstrip(".") for p in parts if p) + "."
    if "doi" in fields:
        line += f" <https://doi.org/{fields['doi']}>"
    elif "url" in fields:
        line += f" <{fields['url']}>"
    elif "note" in fields:
        line += f" {_plain(fields['note'])}"
    return line


def _name(person) -> str:
    name = _plain(str(person))
    return "và cộng sự" if name == "others" else name


def _people(entry):
    return entry.persons.get("author") or entry.persons.get("editor") or []


def _plain(text: str) -> str:
    from pybtex.richtext import Text

    return str(Text.from_latex(text))
