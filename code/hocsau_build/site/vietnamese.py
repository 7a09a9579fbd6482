"""The interface in Vietnamese: our own catalogue before everybody's.

Sphinx's Vietnamese catalogue is half empty and the theme's is partly wrong, so
``vi.yml`` holds every string that a reader can meet; what it lacks falls through.
"""

from __future__ import annotations

import gettext
from pathlib import Path

import yaml
from sphinx.locale import translators

CATALOGUE = Path(__file__).with_name("vi.yml")
DOMAINS = ("sphinx", "booktheme", "exercise", "proof", "mystnb", "notfound")


class Catalogue(gettext.NullTranslations):
    """A dictionary of messages, with the shipped catalogues behind it."""

    def __init__(self, messages: dict[str, str]):
        super().__init__()
        self.messages = messages

    def gettext(self, message: str) -> str:
        key = str(message)
        return self.messages.get(key) or super().gettext(key)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        key = singular if n == 1 else plural
        return self.messages.get(key) or super().ngettext(singular, plural, n)


def load() -> dict[str, str]:
    """Every message of the catalogue, by its English text."""
    return yaml.safe_load(CATALOGUE.read_text("utf-8"))


def setup(app) -> None:
    """Put our catalogue first in every domain; later ones become fallbacks."""
    if app.config.language != "vi":
        return
    messages = load()
    for domain in DOMAINS:
        ours = Catalogue(messages)
        shipped = translators.get(("general", domain))
        if shipped is not None:
            ours.add_fallback(shipped)
        translators["general", domain] = ours
    app.translator = translators["general", "sphinx"]
