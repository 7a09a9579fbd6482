"""What others see when a page is shared: description, Open Graph tags and a card.

A card is a PNG of 1200 × 630 with the Vietnamese title, drawn once per title and
kept in the doctree folder; drawing takes some hundredths of a second.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from html import escape
from pathlib import Path

from docutils import nodes

FONT = Path(__file__).with_name("fonts") / "be-vietnam-pro-600.ttf"
SIZE = (1200, 630)
INK, ACCENT, PAPER, QUIET = "#16212a", "#0b6484", "#fffefb", "#5b6670"
FOLDER = "_cards"
CITATION = re.compile(r"\s*\[[\w+, ]{1,20}\]")
STYLE = "1"  # change to redraw every card


def setup(app) -> None:
    """Add the tags to every page that has a source."""
    app.connect("html-page-context", _tags, priority=800)


def _tags(app, pagename, templatename, context, doctree) -> None:
    if doctree is None or app.builder.name != "html":
        return
    title = app.env.titles[pagename].astext()
    site = app.config.html_title
    base = app.config.html_baseurl.rstrip("/") + "/"
    text = description(doctree) or site
    card = publish_card(app, title, _section(app, pagename))
    tags = {
        "og:title": title,
        "og:type": "article",
        "og:url": base + app.builder.get_target_uri(pagename),
        "og:site_name": site,
        "og:description": text,
        "og:image": base + card,
        "og:image:width": str(SIZE[0]),
        "og:image:height": str(SIZE[1]),
        "og:image:alt": title,
        "og:locale": "vi_VN",
    }
    lines = [
        f'<meta property="{name}" content="{escape(value)}" />'
        for name, value in tags.items()
    ]
    lines.append('<meta name="twitter:card" content="summary_large_image" />')
    lines.append(f'<meta name="description" content="{escape(text)}" />')
    context["metatags"] = context.get("metatags", "") + "\n".join(lines)


def description(doctree, limit: int = 160) -> str:
    """First paragraph of running text, cut at a word."""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section):
            text = " ".join(CITATION.sub("", _plain(paragraph)).split())
            if len(text) > 30:
                return text if len(text) <= limit else _cut(text, limit)
    return ""


def _plain(node) -> str:
    if isinstance(node, nodes.math):
        return ""
    if isinstance(node, nodes.raw):  # a term with its hover
        return node.rawsource or ""
    if isinstance(node, nodes.Text):
        return str(node)
    return "".join(_plain(child) for child in node.children)


def _cut(text: str, limit: int) -> str:
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"


def _section(app, pagename: str) -> str:
    from .facts import page_facts

    facts = page_facts(app.env, pagename)
    course = (facts.get("source") or {}).get("course") if facts else None
    known = app.hocsau_courses.get(course)
    return known.facts.get("title_vi", "") if known else ""


def publish_card(app, title: str, section: str) -> str:
    """Path of the card on the site; drawn only when its words are new."""
    words = f"{STYLE}|{app.config.html_title}|{section}|{title}"
    name = hashlib.sha256(words.encode()).hexdigest()[:16] + ".png"
    kept = Path(app.doctreedir) / FOLDER / name
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        draw_card(kept, title, section, app.config.html_title)
    shown = Path(app.outdir) / FOLDER / name
    if not shown.exists():
        shown.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, shown)
    return f"{FOLDER}/{name}"


def draw_card(path: Path, title: str, section: str, site: str) -> None:
    """Draw one card."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 24, SIZE[1]), fill=ACCENT)
    _net(draw, 990, 470)
    draw.text((90, 80), site, font=_font(40), fill=ACCENT)
    font, lines = fit(title, draw)
    y = 180
    for line in lines:
        draw.text((90, y), line, font=font, fill=INK)
        y += int(font.size * 1.32)
    draw.text((90, 530), section, font=_font(32), fill=QUIET)
    image.quantize(64).save(path, optimize=True)


def fit(title: str, draw, width: int = 1020, most: int = 4):
    """Largest size at which the title takes at most four lines."""
    for size in (76, 68, 60, 52, 44):
        font = _font(size)
        lines = wrap(title, lambda text, f=font: draw.textlength(text, font=f), width)
        if len(lines) <= most - (size > 60):
            break
    return font, lines[:most]


def wrap(text: str, measure, width: float) -> list[str]:
    """Greedy lines of whole words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measure(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _font(size: int):
    from PIL import ImageFont

    return ImageFont.truetype(str(FONT), size)


def _net(draw, x: int, y: int) -> None:
    left = [(x, y - 40), (x, y + 40)]
    middle = [(x + 70, y - 75), (x + 70, y), (x + 70, y + 75)]
    for a in left:
        for b in middle:
            draw.line((a, b), fill="#b9d3dd", width=4)
    for b in middle:
        draw.line((b, (x + 140, y)), fill="#b9d3dd", width=4)
    for px, py in left + middle:
        draw.ellipse((px - 15, py - 15, px + 15, py + 15), fill=ACCENT)
    draw.ellipse((x + 120, y - 20, x + 160, y + 20), fill="#e0a11b")
