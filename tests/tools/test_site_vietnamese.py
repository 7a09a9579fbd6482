"""The interface catalogue comes first and covers the theme's templates."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from hocsau_build.site.vietnamese import Catalogue, load

OURS = load()


def templates(package: str) -> list[Path]:
    home = Path(find_spec(package).origin).parent
    return [p for p in home.rglob("*.html") if "docsearch" not in p.name]


def test_no_entry_is_empty_or_left_in_english():
    same = [key for key, value in OURS.items() if not value or key == value]
    assert same == []


def test_what_we_lack_falls_through():
    ours, theirs = Catalogue({"Note": "Ghi chú"}), Catalogue({"Other": "Khác"})
    ours.add_fallback(theirs)
    assert ours.gettext("Note") == "Ghi chú"
    assert ours.gettext("Other") == "Khác"
    assert ours.gettext("None of them") == "None of them"


@pytest.mark.parametrize("package", ["sphinx_book_theme", "pydata_sphinx_theme"])
def test_every_string_of_the_theme_templates_is_covered(package):
    asked = set()
    for path in templates(package):
        text = path.read_text("utf-8")
        asked |= set(re.findall(r"""(?<!\w)_\(\s*["']([^"']+)["']\s*\)""", text))
        asked |= set(re.findall(r"""\btranslate\(\s*["']([^"']+)["']\s*\)""", text))
    assert asked
    assert asked - OURS.keys() == set()
