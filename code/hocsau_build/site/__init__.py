"""Look and furniture of the site: a list of its parts."""

from . import cards, defaults, embeds, facts, folds, maths, tables, terms, vietnamese

PARTS = (vietnamese, defaults, maths, folds, tables, embeds, facts, terms, cards)


def setup(app):
    """Set up every part; the interface language first."""
    for part in PARTS:
        part.setup(app)
