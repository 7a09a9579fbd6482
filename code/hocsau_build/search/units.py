"""A page as a list of units, the things that search answers with: its sections, its
exercises and its glossary terms."""

import re
import unicodedata

from docutils import nodes
from sphinx import addnodes

from .identifiers import embedded, names

SKIPPED = (
    nodes.comment,
    nodes.docinfo,
    nodes.raw,
    nodes.math_block,
    nodes.literal_block,
    nodes.image,
    nodes.footnote_reference,
    nodes.substitution_definition,
    nodes.system_message,
    nodes.problematic,
)
#: Inline mathematics that reads well as it is typed: x, y_i, n = 3.
PLAIN_MATH = re.compile(r"[\w\s=+\-,.()<>/*']{1,16}")
EXERCISES = ("exercise_node", "exercise_enumerable_node")
#: A part of the page that is drawn when it is written; see ``output``.
GENERATED = "hocsau_part"
COMBINING = re.compile("[\u0300-\u036f]")


def of(doctree):
    """Units [heading, anchor, names, text, generated parts], in the page's order."""
    units = [_new("", "")]
    for child in doctree.children:
        _walk(child, units, top=True)
    closed = [
        [h, a, _once(n), clean(" ".join(t)), parts] for h, a, n, t, parts in units
    ]
    return [unit for unit in closed if any((unit[0], *unit[2:]))]


def clean(text):
    """One line, NFC; a mark that has no precomposed letter is dropped."""
    text = COMBINING.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def _new(heading, anchor):
    return (clean(heading), anchor, [], [], [])


def _once(found):
    return " ".join(dict.fromkeys(found))


def _walk(node, units, top=False):
    """Add a node to the last unit, or open a new one with it."""
    if isinstance(node, SKIPPED):
        return
    if isinstance(node, nodes.section) and _has_title(node):
        _section(node, units, top)
    elif node_type(node) in EXERCISES:
        _exercise(node, units)
    elif isinstance(node, nodes.definition_list_item) and _anchor(node[0]):
        _term(node, units)
    elif isinstance(node, nodes.Element) and node.get("nb_element") == "cell_code":
        _cell(node, units[-1])
    elif node_type(node) == GENERATED:
        units[-1][4].append([node["kind"], node["course"]])
    elif isinstance(node, nodes.TextElement | nodes.Text):
        units[-1][3].append(_text(node))
    else:
        for child in node.children:
            _walk(child, units)


def node_type(node):
    """Name of the node's class: other extensions' nodes without importing them."""
    return type(node).__name__


def _has_title(node):
    return any(isinstance(child, nodes.title) for child in node.children)


def _exercise(node, units):
    """An exercise is found by its own title ("★★ · Tên"); its parts belong to it."""
    title, *rest = node.children
    units.append(_new(_text(title.children[-1]), _anchor(node)))
    for child in rest:
        _walk(child, units)


def _section(node, units, top):
    """The page's own title leads to its top, every other one to its anchor."""
    title = next(child for child in node.children if isinstance(child, nodes.title))
    units.append(_new(_text(title), "" if top else _anchor(node)))
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
    if isinstance(node, SKIPPED) or _unresolved(node):
        return ""
    if isinstance(node, nodes.math):
        source = node.astext()
        return source if PLAIN_MATH.fullmatch(source) else "…"
    return "".join(_text(child) for child in node.children)


def _unresolved(node):
    """A reference without words of its own: its text is still a label."""
    return isinstance(node, addnodes.pending_xref) and not node.get("refexplicit")
