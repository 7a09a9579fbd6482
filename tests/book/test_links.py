"""Links inside the built site: files and anchors exist, nothing is foreign."""

from __future__ import annotations

import functools
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

LOADS = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
}
FOREIGN_CSS = re.compile(r"(?:@import\s+|url\(\s*)['\"]?(?:https?:)?//")


class Page(HTMLParser):
    """Anchors, links and loaded files of one page."""

    def __init__(self, html: str):
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.ids += [known[k] for k in ("id", "name") if known.get(k) and tag != "meta"]
        if tag == "a" and known.get("href"):
            self.links.append(known["href"])
        if tag == "link" and known.get("rel") in ("stylesheet", "preload", "icon"):
            self.loads.append(known.get("href", ""))
        if tag in LOADS and known.get("src"):
            self.loads.append(known["src"])


@functools.cache
def read(path: Path) -> Page:
    return Page(path.read_text("utf-8"))


def broken_links(html: Path, page: str, prefix: str) -> list[str]:
    """Links of a page that lead nowhere on the site."""
    out = []
    for link in [*read(html / page).links, *read(html / page).loads]:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = html / page
        if parts.path.startswith("/"):
            target = html / unquote(parts.path).removeprefix(prefix)
        elif parts.path:
            target = (html / page).parent / unquote(parts.path)
        if target.is_dir():
            target = target / "index.html"
        if not target.exists():
            out.append(f"{link}: không có tệp")
        elif target.suffix == ".html" and not has_anchor(target, parts.fragment):
            out.append(f"{link}: không có neo")
    return out


def has_anchor(target: Path, fragment: str) -> bool:
    return not fragment or unquote(fragment) in read(target.resolve()).ids


def foreign_loads(html: Path, page: str) -> list[str]:
    return [u for u in read(html / page).loads if urlsplit(u).netloc]


@pytest.fixture(scope="session")
def prefix(site):
    return urlsplit(site.base).path


def test_internal_links_and_anchors_resolve(html_dir, prefix, page):
    assert broken_links(html_dir, page, prefix) == []


def test_nothing_is_loaded_from_elsewhere(html_dir, page):
    assert foreign_loads(html_dir, page) == []


def test_anchors_are_unique(html_dir, page):
    ids = [i for i in read(html_dir / page).ids if i not in ("viewport", "q")]
    assert sorted({i for i in ids if ids.count(i) > 1}) == []


def test_style_sheets_load_nothing_foreign(html_dir):
    bad = [
        path.relative_to(html_dir).as_posix()
        for path in html_dir.rglob("*.css")
        if FOREIGN_CSS.search(path.read_text("utf-8"))
    ]
    assert bad == []


def test_a_broken_link_is_seen(tmp_path):
    (tmp_path / "a.html").write_text(
        '<a href="b.html">1</a><a href="#x">2</a><a href="#y">3</a><p id="y"></p>'
        '<script src="https://cdn.example/x.js"></script>',
        "utf-8",
    )
    assert broken_links(tmp_path, "a.html", "/") == [
        "b.html: không có tệp", "#x: không có neo",
    ]  # fmt: skip
    assert foreign_loads(tmp_path, "a.html") == ["https://cdn.example/x.js"]


def test_no_page_shows_where_it_was_built(html_dir):
    """A traceback drawn on a page would name a folder of the building machine."""
    home = str(Path(__file__).resolve().parents[2])
    told = [p for p in html_dir.rglob("*.html") if f"{home}/" in p.read_text("utf-8")]
    assert told == []
