"""What search knows of a page, kept in the environment, so that it survives a build
in which only one other page was read again."""

from . import units

VERSION = 3
ATTRIBUTE = "hocsau_search"


def store(env):
    """The records by page; empty when absent or made by an older collector."""
    if getattr(env, ATTRIBUTE, {}).get("version") != VERSION:
        setattr(env, ATTRIBUTE, {"version": VERSION, "pages": {}})
    return getattr(env, ATTRIBUTE)["pages"]


def missing(app, env, added, changed, removed):
    """Pages that were read before search was there (or by an older one)."""
    return sorted(env.found_docs - set(store(env)) - set(removed))


def read(app, doctree):
    """Remember the sections of the page that was just read."""
    store(app.env)[app.env.docname] = units.of(doctree)


def purge(app, env, docname):
    """Forget a page that is about to be read again or is gone."""
    store(env).pop(docname, None)


def merge(app, env, docnames, other):
    """Take over what a parallel reader has collected."""
    store(env).update({name: store(other)[name] for name in docnames})
