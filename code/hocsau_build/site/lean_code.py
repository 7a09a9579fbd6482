"""Highlighted code with few elements: only tokens that are coloured get a span.

Names, punctuation and white space look like plain text in both styles of the book;
a span for each of them is two thirds of all elements on a page with much code.
"""

from __future__ import annotations

from pygments.formatters import HtmlFormatter
from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES, Name, Punctuation, Text

#: Types that may be plain; others carry a class that our own sheets may colour.
PLAIN = (Name, Name.Namespace, Punctuation, Text, Text.Whitespace)


def setup(app) -> None:
    """Highlight with fewer spans."""
    app.connect("builder-inited", _use)


def _use(app) -> None:
    if app.builder.format != "html" or app.builder.highlighter is None:
        return
    options = app.config.html_theme_options
    names = [options.get(f"pygments_{mode}_style") for mode in ("light", "dark")]
    app.builder.highlighter.formatter = formatter([name for name in names if name])


def formatter(styles: list[str]) -> type[HtmlFormatter]:
    """An HTML formatter without spans for what every style leaves plain."""
    plain = {kind for kind in PLAIN if all(is_plain(kind, s) for s in styles)}
    hidden = {STANDARD_TYPES[kind] for kind in plain}

    class LeanFormatter(HtmlFormatter):
        """Tokens without a class of their own merge with the text around them."""

        def _get_css_classes(self, ttype) -> str:
            classes = super()._get_css_classes(ttype)
            return "" if classes in hidden else classes

    return LeanFormatter


def is_plain(kind, style: str) -> bool:
    """Whether a style draws the token exactly like white space."""
    known = get_style_by_name(style)
    return known.style_for_token(kind) == known.style_for_token(Text)
