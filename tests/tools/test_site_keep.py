"""Formulas and the brackets and stops that touch them."""

import pytest
from docutils import nodes

from hocsau_build.site.keep import keep_together


def grouped(before, after):
    """Text of the group around a formula ``x`` and of the whole paragraph."""
    math = nodes.math("x", "x")
    paragraph = nodes.paragraph("", "", nodes.Text(before), math, nodes.Text(after))
    keep_together(math)
    groups = [n for n in paragraph.findall(nodes.inline) if "hs-keep" in n["classes"]]
    return "".join(g.astext() for g in groups), paragraph.astext()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("với (", "), rồi", "(x),"),
        ("số ", " là", ""),
        ("", "-chiều", "x-"),
        ("«", "»:", "«x»:"),
        ("hết. ", " (xem)", ""),
    ],
)
def test_only_what_touches_joins_the_formula(before, after, expected):
    assert grouped(before, after) == (expected, f"{before}x{after}")


def test_a_formula_alone_stays_as_it_is():
    math = nodes.math("x", "x")
    paragraph = nodes.paragraph("", "", math)
    keep_together(math)
    assert paragraph.children == [math]
