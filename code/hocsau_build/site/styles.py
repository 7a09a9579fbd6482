"""One style sheet for the whole site, holding only rules that some page can use.

The theme, Bootstrap and the extensions bring 450 kB of CSS in a dozen files, which
block the first paint on a phone. All of it is joined in the usual order, pruned to
the classes that stand on the pages or in the scripts, and written as one file.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from . import css

THEME = tuple(f"styles/{n}.css" for n in ("theme", "bootstrap", "pydata-sphinx-theme"))
NAME = "site.css"
ATTRIBUTE = re.compile(r"""class\s*=\s*(?:"([^"]*)"|'([^']*)')""")
WORD = re.compile(r"[A-Za-z_][\w-]*")
UNUSED_SCRIPTS = {
    "_static/documentation_options.js",
    "_static/doctools.js",
    "_static/sphinx_highlight.js",
    "_static/translations.js",
    "_static/scripts/sphinx-book-theme.js",
}
TABS = "_static/design-tabs.js"


def setup(app) -> None:
    """Collect what pages link to; write the sheet when all pages are written."""
    app.connect("builder-inited", _start)
    app.connect("env-get-outdated", _static_changed)
    app.connect("html-page-context", _collect, priority=990)
    app.connect("build-finished", _write, priority=900)


def _start(app) -> None:
    _static_folder(app)
    memory = Path(app.doctreedir) / "styles.json"
    try:
        known = json.loads(memory.read_text("utf-8"))
    except (OSError, ValueError):
        known = {}
    app.hocsau_styles = {
        "files": list(known.get("files", [])),
        "classes": set(known.get("classes", [])),
        "written": [],
    }


def _static_folder(app) -> None:
    """A failed first build must not leave the logo as a file named ``_static``."""
    static = Path(app.outdir) / "_static"
    if static.is_file():
        static.unlink()
    static.mkdir(parents=True, exist_ok=True)


def _static_changed(app, env, added, changed, removed) -> list[str]:
    """Sphinx copies static files only when it writes a page: write one."""
    folders = [Path(app.confdir) / f for f in app.config.html_static_path]
    now = [
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    seen, env.hocsau_static = getattr(env, "hocsau_static", None), now
    return [] if seen in (None, now) else [app.config.root_doc]


def _collect(app, pagename, templatename, context, doctree) -> None:
    state = app.hocsau_styles
    files, kept = state["files"], []
    for sheet in context.get("css_files", []):
        name = str(getattr(sheet, "filename", sheet)).split("?")[0]
        if "://" in name or not name.startswith("_static/"):
            kept.append(sheet)
        elif name.removeprefix("_static/") not in files:
            _insert(files, name.removeprefix("_static/"))
    context["css_files"] = kept
    context["script_files"] = [
        script for script in context.get("script_files", []) if _wanted(script, context)
    ]
    state["written"].append(pagename)


def _insert(files: list[str], name: str) -> None:
    """The book's own sheet stays last, whatever page brings a new one."""
    last = len(files) - 1 if files and files[-1] == "hocsau.css" else len(files)
    files.insert(last, name)


def _wanted(script, context) -> bool:
    name = str(getattr(script, "filename", script) or "").split("?")[0]
    body = str(getattr(script, "attributes", {}).get("body", ""))
    if body.startswith("DOCUMENTATION_OPTIONS"):
        return False
    if name == TABS:
        return "sd-tab" in (context.get("body") or "")
    return name not in UNUSED_SCRIPTS


def _write(app, exception) -> None:
    if exception is not None or app.builder.format != "html":
        return
    state, static = app.hocsau_styles, Path(app.outdir) / "_static"
    for pagename in state["written"]:
        path = Path(app.builder.get_outfilename(pagename))
        if path.exists():
            state["classes"] |= page_classes(path.read_text("utf-8"))
    seen = state["classes"] | script_words(static)
    sheet = join(static, [*THEME, *state["files"]], seen)
    sheet = css.drop_unused_properties(sheet, " ".join(_scripts(static)))
    target = static / NAME
    if not target.exists() or target.read_text("utf-8") != sheet:
        target.write_text(sheet, "utf-8")
    shutil.rmtree(static / "vendor", ignore_errors=True)  # Font Awesome, 3 MB, unused
    memory = {"files": state["files"], "classes": sorted(state["classes"])}
    (Path(app.doctreedir) / "styles.json").write_text(json.dumps(memory), "utf-8")


def page_classes(html: str) -> set[str]:
    """Every class name on a page."""
    return {
        name
        for match in ATTRIBUTE.finditer(html)
        for name in (match[1] or match[2] or "").split()
    }


def script_words(static: Path) -> set[str]:
    """Words of our scripts: classes that appear only in the reader's browser."""
    words: set[str] = set()
    for text in _scripts(static):
        words.update(WORD.findall(text))
    return words


def _scripts(static: Path) -> list[str]:
    paths = [*static.glob("*.js"), *static.glob("search/*.js")]
    return [path.read_text("utf-8") for path in paths]


def join(static: Path, names: list[str], seen: set[str]) -> str:
    """The sheets in order, pruned, with addresses seen from ``_static``."""
    parts = []
    for name in names:
        path = static / name
        if path.exists():
            text = css.prune(css.with_imports(path), seen)
            parts.append(css.move_urls(text, name.rpartition("/")[0]))
    return "\n".join(parts) + "\n"
