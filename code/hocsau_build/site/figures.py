"""Pictures know their size and load when the reader comes near.

A picture without ``width`` and ``height`` moves the text below it when it arrives;
a page with fifteen of them should not fetch the last before it is wanted.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

IMG = re.compile(r'<img\b[^>]*?\bsrc="(?:\.\./)*_images/([^"/]+)"[^>]*>')
SVG = re.compile(r"<svg\b[^>]*>", re.DOTALL)
LENGTH = re.compile(r"([\d.]+)\s*(px|pt|in|cm|mm)?$")
PIXELS = {None: 1, "px": 1, "pt": 4 / 3, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}


def setup(app) -> None:
    """Complete the pictures when a page is written."""
    app.connect("html-page-context", _complete, priority=650)


def _complete(app, pagename, templatename, context, doctree) -> None:
    if doctree is None or "_images/" not in context.get("body", ""):
        return
    files = {name: path for path, name in app.builder.images.items()}

    def fix(match: re.Match) -> str:
        path = files.get(unquote(match[1]))
        size = picture_size(Path(app.srcdir) / path) if path else None
        return complete(match[0], size)

    context["body"] = IMG.sub(fix, context["body"])


def complete(tag: str, size: tuple[int, int] | None) -> str:
    """An ``<img>`` with its size, unless it states one, loaded late."""
    extra = ""
    if size and not re.search(r"\s(?:width|height)=", tag):
        extra += f' width="{size[0]}" height="{size[1]}"'
    if " loading=" not in tag:
        extra += ' loading="lazy" decoding="async"'
    return "<img" + extra + tag.removeprefix("<img")


def picture_size(path: Path) -> tuple[int, int] | None:
    """Width and height in CSS pixels; None when the file does not say."""
    try:
        return _size(str(path), path.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=4096)
def _size(path: str, _mtime: int) -> tuple[int, int] | None:
    if path.endswith(".svg"):
        with open(path, encoding="utf-8", errors="replace") as file:
            return svg_size(file.read(4000))
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            return image.size
    except UnidentifiedImageError:
        return None


def svg_size(text: str) -> tuple[int, int] | None:
    """Size of an SVG from its lengths, else from its ``viewBox``."""
    head = SVG.search(text)
    if not head:
        return None
    sides = [_pixels(head[0], name) for name in ("width", "height")]
    if not all(sides):
        box = re.search(r'\sviewBox="([^"]+)"', head[0])
        numbers = box[1].replace(",", " ").split() if box else []
        sides = [float(n) for n in numbers[2:4]]
    return (round(sides[0]), round(sides[1])) if len(sides) == 2 else None


def _pixels(tag: str, name: str) -> float:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    length = LENGTH.match(found[1].strip()) if found else None
    return float(length[1]) * PIXELS[length[2]] if length else 0
