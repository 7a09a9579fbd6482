"""The index as scripts: a page opened from a disk may load a script, not fetch a file.

``index-head.js`` holds titles, headings and the glossary and answers at once;
``index-text.js`` holds the names and the text of every unit, in the same order.
"""

import hashlib
import json
from pathlib import Path

from docutils import nodes
from sphinx import addnodes

from . import collect, generated, synonyms
from .units import clean

FOLDER = Path("_static/search")
#: Sphinx's English search, copied with the theme.
STOCK = ("searchtools.js", "language_data.js")


def on_finished(app, error):
    """Write the index after every successful build, also an incremental one."""
    if error is None and app.builder.format == "html":
        records, places = _site(app)
        outdir = Path(app.outdir)
        index = compile_index(records, places, synonyms.groups(app.srcdir))
        write(outdir / FOLDER, *index)
        for name in STOCK:
            (outdir / "_static" / name).unlink(missing_ok=True)


def compile_index(records, places, terms):
    """Head and body from units by page and (url, title, part) by page, in order."""
    pages, units, body = [], [], {"names": [], "texts": []}
    for docname, place in places.items():
        for heading, anchor, names, text in records[docname]:
            units.append([len(pages), heading, anchor])
            body["names"].append(names)
            body["texts"].append(text)
        pages.append(list(place))
    return {"pages": pages, "units": units, "terms": terms}, body


def write(folder, head, body):
    """Write both scripts; the head names the digest of the text that fits it."""
    text = _json(body)
    head = {"digest": hashlib.sha256(text.encode()).hexdigest()[:12], **head}
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / "index-head.js", f"hocsauSearch.head({_json(head)});\n")
    _replace(folder / "index-text.js", f"hocsauSearch.body({text});\n")


def _json(data):
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _replace(path, content):
    """Write whole or not at all, and only what differs."""
    if not path.exists() or path.read_text("utf-8") != content:
        new = path.with_suffix(".new")
        new.write_text(content, "utf-8")
        new.replace(path)


def _site(app):
    """Units and place of every page in the table of contents, in reading order."""
    env, found = app.env, collect.store(app.env)
    parts = {doc: part for doc, part in _parts(env).items() if doc in found}
    places = {
        doc: (app.builder.get_target_uri(doc), _title(env, doc), part)
        for doc, part in parts.items()
    }
    return {doc: generated.filled(app, found[doc]) for doc in parts}, places


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
