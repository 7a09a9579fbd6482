"""``sitemap.xml``: every page of the book, whichever of them were written this time."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)


def setup(app) -> None:
    """Write it at the end of every build."""
    app.connect("build-finished", _write)


def _write(app, exception) -> None:
    base = app.config.html_baseurl
    if exception is not None or app.builder.name != "html" or not base:
        return
    pages = [app.builder.get_target_uri(name) for name in sorted(app.env.all_docs)]
    text = sitemap(base, pages)
    path = Path(app.outdir) / "sitemap.xml"
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def sitemap(base: str, pages: list[str]) -> str:
    """The XML of a site's pages."""
    base = base.rstrip("/") + "/"
    urls = "".join(f"<url><loc>{escape(base + page)}</loc></url>\n" for page in pages)
    return f"{HEAD}{urls}</urlset>\n"
