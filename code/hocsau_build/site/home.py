"""The site's front door: ``index.html`` at the top leads to the book's first page."""

from __future__ import annotations

from html import escape
from pathlib import Path

PAGE = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{canonical}">
</head>
<body><p><a href="{target}">{title}</a></p></body>
</html>
"""


def setup(app) -> None:
    """Write it before the table-of-contents extension writes a barer one."""
    app.connect("build-finished", _write, priority=100)


def _write(app, exception) -> None:
    if exception is not None or app.builder.name != "html":
        return
    if app.config.root_doc == "index":
        return
    target = app.builder.get_target_uri(app.config.root_doc)
    text = PAGE.format(
        title=escape(app.config.html_title),
        target=target,
        canonical=escape(app.config.html_baseurl + target),
    )
    (Path(app.outdir) / "index.html").write_text(text, "utf-8")
