"""Search of the site: an index written at build, answered in the reader's browser.

Sphinx has no Vietnamese search language and falls back to the English one, so its
index, its scripts and the theme's dialog are all replaced.
"""

from pathlib import Path

from . import collect, output

HERE = Path(__file__).parent


def setup(app):
    """Connect collecting, writing and the templates."""
    app.connect("config-inited", add_folders)
    app.connect("builder-inited", switch_off_stock_search)
    app.connect("env-get-outdated", collect.missing)
    # Before the handlers that turn cells or titles into something else.
    app.connect("doctree-read", collect.read, priority=400)
    app.connect("env-purge-doc", collect.purge)
    app.connect("env-merge-info", collect.merge)
    app.connect("html-collect-pages", lambda app: [("search", {}, "search.html")])
    app.connect("build-finished", output.on_finished)
    app.add_js_file("search/boot.js", loading_method="defer")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def add_folders(app, config):
    """Put our templates before the theme's, and our scripts into _static."""
    config.templates_path.insert(0, str(HERE / "templates"))
    config.html_static_path.append(str(HERE / "static"))


def switch_off_stock_search(app):
    """No English index; the page search.html is ours."""
    if app.builder.format == "html":
        app.builder.search = False
