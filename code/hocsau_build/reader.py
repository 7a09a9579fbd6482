"""How myst-nb reads our pages: outputs from the store, embeds expanded, facts noted.

myst-nb hands a custom reader only the text, so ``source-read`` remembers which page
is being read.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.util import logging

from . import assemble, chapter, execute, recordings
from .errors import BookError
from .layout import Book, find_root
from .store import Store

LOG = logging.getLogger(__name__)
_current: dict = {}


def setup(app) -> None:
    """Become myst-nb's reader of ``.md``."""
    app.add_config_value("hocsau_setup_draw", assemble.DRAW, "env")
    app.add_config_value("hocsau_test_device", False, "env")
    app.connect("config-inited", _install, priority=100)
    app.connect("source-read", _remember)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)


def _install(app, config) -> None:
    config.nb_custom_formats = {".md": "hocsau_build.reader.read"}
    config.nb_execution_mode = "off"


def _remember(app, docname, source) -> None:
    _current.update(app=app, doc=docname)


def _purge(app, env, docname) -> None:
    getattr(env, "hocsau_facts", {}).pop(docname, None)


def _outdated(app, env, added, changed, removed):
    """Pages whose recording came, went or changed since they were read.

    ``note_dependency`` cannot say it: a dependency that does not exist yet would make
    Sphinx read the page again on every build.
    """
    book = Book(find_root(Path(app.srcdir)))
    return [
        doc for doc, facts in _facts(env).items()
        if "recording" in facts and facts["recording"] != recordings.stamp(doc, book)
    ]  # fmt: skip


def _merge(app, env, docnames, other) -> None:
    facts = getattr(other, "hocsau_facts", {})
    _facts(env).update({d: facts[d] for d in docnames if d in facts})


def _facts(env) -> dict:
    if not hasattr(env, "hocsau_facts"):
        env.hocsau_facts = {}
    return env.hocsau_facts


def read(text: str):
    """Text of a page → notebook with outputs, as myst-nb wants it."""
    app, doc = _current["app"], _current["doc"]
    env = app.env
    book = Book(find_root(Path(app.srcdir)))
    path = Path(env.doc2path(doc))
    page = chapter.parse(text, path, book.show(path), config=env.myst_config)
    facts = dict(page.facts)
    _facts(env)[doc] = facts
    if page.is_notebook:
        try:
            _fill(page, doc, book, env, facts)
        except BookError as exc:
            problem = exc.problem
            LOG.warning(
                "%s: %s — %s", problem.rule, problem.what, problem.remedy,
                location=(doc, problem.line), type="hocsau", subtype="exec",
            )  # fmt: skip
    page.notebook.metadata["language_info"] = {
        "name": "python", "pygments_lexer": "ipython3",
    }  # fmt: skip
    return page.notebook


def _fill(page, doc, book, env, facts) -> None:
    plan = execute.plan(doc, book, page)
    for path in [*plan.closure.modules.values(), *plan.data.values()]:
        env.note_dependency(str(path))
    record = Store(book.store).get(plan.key) or execute.run(plan, book)
    facts["executed"] = {
        **{k: record.facts[k] for k in ("date", "seconds", "peak_mb")},
        **record.facts["versions"],
    }
    facts["notebook"] = notebook_path(doc)
    if page.has_gaps:
        facts["exercise"] = exercise_path(doc)
    seen = recordings.look(page, book)
    if seen.cells:
        facts["recording"] = recordings.stamp(doc, book)
    nodes = [c for c in page.notebook.cells if c.cell_type == "code"]
    for index, (node, (source, parts)) in enumerate(
        zip(nodes, plan.cells, strict=True)
    ):
        _cell(node, source, parts, record.outputs[index + 1])
        if index in seen.cells:
            node.outputs = recordings.outputs(seen, index)


def _cell(node, source, parts, outputs) -> None:
    from nbformat import from_dict

    node.source = source
    node.outputs = [from_dict(o) for o in outputs]
    if parts:
        node.metadata["hocsau_embed"] = parts


def notebook_path(doc: str) -> str:
    """Where the exported notebook of a page lies."""
    return "notebooks/" + doc.removeprefix("book/") + ".ipynb"


def exercise_path(doc: str) -> str:
    """Where the exercise version of that notebook lies."""
    return notebook_path(doc).removesuffix(".ipynb") + "-bai-tap.ipynb"
