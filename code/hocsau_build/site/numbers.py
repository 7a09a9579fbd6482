"""Figures, tables and exercises are numbered from 1 on every page.

Sphinx counts through the whole book, so one new figure would renumber every later
page. The numbers are replaced just before writing, after the environment was saved:
saved ones must stay Sphinx's own, or each build would see every page as changed.
"""

from __future__ import annotations


def setup(app) -> None:
    """Renumber when writing starts."""
    app.connect("write-started", _renumber)


def _renumber(app, builder) -> None:
    env = app.env
    env.toc_fignumbers = {
        doc: {kind: restart(numbers) for kind, numbers in kinds.items()}
        for doc, kinds in env.toc_fignumbers.items()
    }


def restart(numbers: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """``{"a": (16,), "b": (17,)}`` → ``{"a": (1,), "b": (2,)}``."""
    order = sorted(numbers, key=lambda name: numbers[name])
    return {name: (at,) for at, name in enumerate(order, 1)}
