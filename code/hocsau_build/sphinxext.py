"""Sphinx extension of the book: a list of its parts, nothing else."""

import importlib

PARTS = ("reader", "site", "search", "pages")


def setup(app):
    """Set up every part."""
    for part in PARTS:
        importlib.import_module(f"hocsau_build.{part}").setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
