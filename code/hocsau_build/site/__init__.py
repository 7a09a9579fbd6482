"""Look and furniture of the site: a list of its parts."""

from . import (
    cards,
    defaults,
    embeds,
    facts,
    figures,
    folds,
    home,
    keep,
    lean_code,
    maths,
    numbers,
    sections,
    sitemap,
    styles,
    terms,
    vietnamese,
)

PARTS = (
    vietnamese,
    defaults,
    maths,
    numbers,
    styles,
    folds,
    embeds,
    facts,
    terms,
    cards,
    home,
)


def setup(app):
    """Set up every part; the interface language first."""
    for part in PARTS:
        part.setup(app)
