"""A page as a list of units, the things that search answers with: its sections and
its glossary terms."""

import re
import unicodedata

from docutils import nodes

from .identifiers import embedded, names

SKIPPED = (
    nodes.comment,
    nodes.raw,
    nodes.math_block,
    nodes.literal_block,
    nodes.image,
    nodes.footnote_reference,
    nodes.substitution_definition,
)
#: Inline mathematics that reads well as it is typed: x, y_i, n = 3.
PLAIN_MATH = re.compile(r"[\w\s=+\-,.()<>/*']{1,16}")
COMBINING = re.compile("[\u0300-\u036f]")


def of(doctree):
    """Units as [heading, anchor, names, text], in the order of the page."""
    units = [_new("", "")]
    for child in doctree.children:
        _walk(child, units, top=True)
    closed = ([h, a, _once(n), clean(" ".join(t))] for h, a, n, t in units)
    return [unit for unit in closed if unit[0] or unit[2] or unit[3]]


def clean(text):
    """One line, NFC; a mark that has no precomposed letter is dropped."""
    text = COMBINING.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def _new(heading, anchor):
    return (clean(heading), anchor, [], [])


def _once(found):
    return " ".join(dict.fromkeys(found))


def _walk(node, units, top=False):
    """Add a node to the last unit, or open a new one with it."""
    if isinstance(node, nodes.section):
        _section(node, units, top)
    elif isinstance(node, nodes.definition_list_item) and _anchor(node[0]):
        _term(node, units)
    elif isinstance(node, nodes.Element) and node.get("nb_element") == "cell_code":
        _cell(node, units[-1])
    elif isinstance(node, SKIPPED):
        return
    elif isinstance(node, nodes.TextElement | nodes.Text):
        units[-1][3].append(_text(node))
    else:
        for child in node.children:
            _walk(child, units)


def _section(node, units, top):
    """The page's own title leads to its top, every other one to its anchor."""
    title = next(iter(node.findall(nodes.title)), None)
    heading = _text(title) if title is not None else ""
    units.append(_new(heading, "" if top else _anchor(node)))
    for child in node.children:
        if child is not title:
            _walk(child, units)


def _term(item, units):
    """A glossary term, with its definition; what follows is the section's again."""
    heading = ", ".join(_text(t) for t in item.children if isinstance(t, nodes.term))
    units.append(_new(heading, _anchor(item[0])))
    for child in item.children:
        if not isinstance(child, nodes.term):
            _walk(child, units)


def _anchor(node):
    return (node.get("ids") or [""])[0]


def _cell(node, unit):
    """Names of a code cell; its outputs are not searched."""
    spec = (node.get("cell_metadata") or {}).get("embed")
    unit[2].extend(embedded(spec) if spec else [])
    for block in node.findall(nodes.literal_block):
        if block.parent.get("nb_element") == "cell_code_source":
            unit[2].extend(names(block.astext()))


def _text(node):
    """Text of a paragraph or heading."""
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, SKIPPED):
        return ""
    if isinstance(node, nodes.math):
        source = node.astext()
        return source if PLAIN_MATH.fullmatch(source) else "…"
    return "".join(_text(child) for child in node.children)
