"""Figures that a pull request changes, before and after, as files beside the preview.

Both sides come from the store of executed pages: nothing is run to compare. A page
whose old outputs the store no longer has is left out, and the report says so.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from ..chapter import Chapter
from ..store import Record

PLACE = "thay-doi"
KINDS = {"image/svg+xml": "svg", "image/png": "png"}
MOST, MOST_BYTES = 60, 3_000_000
_PLAIN = re.compile(r"[^a-z0-9-]+")

PAGE = """\
<!doctype html><html lang="vi"><meta charset="utf-8"><title>Hình đã đổi</title>
<meta name="viewport" content="width=device-width">
<style>body{{font-family:sans-serif;margin:1rem}}img{{max-width:100%;background:#fff}}
.p{{display:grid;grid-template-columns:1fr 1fr;gap:1rem}}</style>
<h1>Hình đã đổi: trước và sau</h1>
{rows}
"""
ROW = """\
<h2>{name}</h2><p><a href="../{doc}.html">{doc}</a></p>
<div class="p"><figure><figcaption>Trước</figcaption>{before}</figure>
<figure><figcaption>Sau</figcaption>{after}</figure></div>
"""


@dataclass(frozen=True)
class Picture:
    """One figure of a page, as bytes of a kind of file."""

    kind: str
    data: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def pictures(chapter: Chapter, record: Record | None) -> dict[str, Picture]:
    """Figures by name; those without one are named by the place of their cell."""
    found: dict[str, Picture] = {}
    outputs = record.outputs[1:] if record else []  # the first cell is the set-up
    for number, (cell, made) in enumerate(zip(chapter.cells, outputs, strict=False), 1):
        figure = (cell.options.get("mystnb") or {}).get("figure") or {}
        name = _PLAIN.sub("-", str(figure.get("name") or f"o-{number}").lower())[:80]
        for picture in filter(None, map(_picture, made)):
            key = name if name not in found else f"{name}-{number}-{len(found)}"
            found[key] = picture
    return found


def _picture(output: dict) -> Picture | None:
    data = output.get("data") or {}
    for mime, kind in KINDS.items():
        if mime in data:
            text = data[mime]
            text = "".join(text) if isinstance(text, list) else str(text)
            raw = text.encode() if kind == "svg" else base64.b64decode(text)
            return Picture(kind, raw)
    return None


def changed(before: dict[str, Picture], after: dict[str, Picture]):
    """Names whose picture differs, came or went, in the order of the new page."""
    for name in dict.fromkeys([*after, *before]):
        old, new = before.get(name), after.get(name)
        if old is None or new is None or old.digest != new.digest:
            yield name, old, new


def write(folder: Path, doc: str, found, start: int = 1) -> list[dict]:
    """Put changed figures into files; the list says which there are."""
    rows = []
    for number, (name, old, new) in enumerate(found, start):
        if number > MOST:
            break
        row = {"doc": doc, "name": name, "number": number}
        for side, picture in (("truoc", old), ("sau", new)):
            row[side] = _save(folder / f"{number}-{side}", picture)
        rows.append(row)
    return rows


def _save(stem: Path, picture: Picture | None) -> str | None:
    if picture is None or len(picture.data) > MOST_BYTES:
        return None
    stem.parent.mkdir(parents=True, exist_ok=True)
    stem.with_suffix(f".{picture.kind}").write_bytes(picture.data)
    return picture.kind


def page(folder: Path, rows: list[dict]) -> None:
    """A page that shows every pair, for those who download the built site."""
    if not rows:
        return
    parts = [
        ROW.format(
            name=escape(r["name"]), doc=escape(r["doc"]),
            before=_img(r, "truoc"), after=_img(r, "sau"),
        )
        for r in rows
    ]  # fmt: skip
    text = PAGE.format(rows="".join(parts))
    (folder / "index.html").write_text(text, "utf-8")


def _img(row: dict, side: str) -> str:
    kind = row[side]
    return f'<img src="{row["number"]}-{side}.{kind}" alt="">' if kind else "(không có)"
