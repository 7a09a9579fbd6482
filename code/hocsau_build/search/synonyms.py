"""Names of one thing, from the glossary: "gradient descent" is "hạ gradient"."""

import re
from pathlib import Path

from .. import glossary

BRACKET = re.compile(r"\s*\([^()]*\)")


def groups(root):
    """One list of names a term: English, short form, Vietnamese, other renderings.

    What is wrong with the file is for the checks to say; its good rows serve here.
    """
    path = Path(root) / glossary.PLACE
    if not path.exists():
        return []
    terms, _ = glossary.read(path)
    return [group for group in map(_names, terms) if len(group) > 1]


def _names(term):
    """Distinct names of a term, without brackets."""
    all_names = (term.name, term.abbreviation, term.vietnamese, *term.alternates)
    plain = (BRACKET.sub("", name).strip() for name in all_names)
    distinct = {name.casefold(): name for name in reversed(list(plain)) if name}
    return list(reversed(distinct.values()))
