"""Settings that follow from others, so that nobody writes them twice."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from ..repo import repo_info

# `jupyter-book build` sets or reads these even where its own extensions are absent.
DRIVER_VALUES = {
    "use_multitoc_numbering": False,
    "use_jupyterbook_latex": False,
    "comments_config": {},
}


def setup(app) -> None:
    """Register what a build driver asks for and derive the addresses."""
    app.connect("config-inited", _derive, priority=50)
    for name, value in DRIVER_VALUES.items():
        if name not in app.config:
            app.add_config_value(name, value, "env")
    app.connect("html-page-context", _context, priority=900)


def _derive(app, config) -> None:
    config.hocsau_repo = repo = repo_info(app.srcdir)
    if os.environ.get("GITHUB_REPOSITORY"):
        config.html_baseurl = repo.pages
    if "notfound_urls_prefix" not in config.overrides:
        config.notfound_urls_prefix = urlsplit(config.html_baseurl).path or "/"


def _context(app, pagename, templatename, context, doctree) -> None:
    """Drop scripts and texts that no page of this book needs."""
    context["default_mode"] = "light"  # without scripts; with them: as the machine says
    context["repo"] = app.config.hocsau_repo
    context["page_description"] = " ".join(context.get("page_description", "").split())
