"""The index as scripts: a page opened from a disk may load a script, not fetch a file.

``index-head.js`` holds titles, headings, names and the glossary and answers at once;
``index-text.js`` holds the text of every unit, in the same order.
"""

import hashlib
import json
from pathlib import Path

from docutils import nodes
from sphinx import addnodes

from . import collect, synonyms
from .units import clean

FOLDER = Path("_static/search")


def on_finished(app, error):
    """Write the index after every successful build, also an incremental one."""
    if error is None and app.builder.format == "html":
        terms = synonyms.groups(app.srcdir)
        head, texts = compile_index(*_site(app), terms)
        write(Path(app.outdir) / FOLDER, head, texts)


def compile_index(records, places, terms):
    """Head and texts from records by page and (url, title, part) by page, in order."""
    pages, units, texts = [], [], []
    for docname, (url, title, part) in places.items():
        for heading, anchor, names, text in records.get(docname, []):
            units.append([len(pages), heading, anchor, names])
            texts.append(text)
        pages.append([url, title, part])
    return {"pages": pages, "units": units, "terms": terms}, texts


def write(folder, head, texts):
    """Write both scripts; the head names the digest of the text that fits it."""
    text = _json(texts)
    head = {"digest": hashlib.sha256(text.encode()).hexdigest()[:12], **head}
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / "index-head.js", f"hocsauSearch.head({_json(head)});\n")
    _replace(folder / "index-text.js", f"hocsauSearch.texts({text});\n")


def _json(data):
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _replace(path, content):
    """Write whole or not at all, and only what differs."""
    if not path.exists() or path.read_text("utf-8") != content:
        new = path.with_suffix(".new")
        new.write_text(content, "utf-8")
        new.replace(path)


def _site(app):
    """Records, and for every page in the table of contents its (url, title, part)."""
    env, parts = app.env, _parts(app.env)
    records = collect.store(env)
    places = {
        docname: (
            app.builder.get_target_uri(docname),
            _title(env, docname),
            parts[docname],
        )
        for docname in parts
        if docname in records
    }
    return records, places


def _title(env, docname):
    found = env.titles.get(docname)
    return clean(found.astext()) if found is not None else docname


def _parts(env):
    """Every page reachable from the root, in reading order, with its part's name."""
    found = {}
    _descend(env, env.config.root_doc, "", found)
    return found


def _descend(env, docname, part, found):
    if docname in found:
        return
    found[docname] = part
    captions = _captions(env, docname)
    for child in env.toctree_includes.get(docname, ()):
        _descend(env, child, captions.get(child) or part, found)


def _captions(env, docname):
    """Caption of the table of contents in which each child stands."""
    toc = env.tocs.get(docname, nodes.container())
    return {
        child: tree.get("caption")
        for tree in toc.findall(addnodes.toctree)
        for child in tree.get("includefiles", ())
    }
