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
    origin,
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
    keep,
    numbers,
    lean_code,
    styles,
    folds,
    embeds,
    figures,
    sections,
    origin,
    facts,
    terms,
    cards,
    home,
    sitemap,
)


def setup(app):
    """Set up every part; the interface language first."""
    for part in PARTS:
        part.setup(app)
