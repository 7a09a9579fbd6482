"""Names in a code cell: what a reader types to find the cell again."""

import re

NOISE = re.compile(
    r"[rbfu]{0,2}(?:'''[\s\S]*?'''|\"\"\"[\s\S]*?\"\"\"|'[^'\n]*'|\"[^\"\n]*\")"
    r"|#[^\n]*|^\s*[%!][^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
DEFINED = re.compile(r"\b(?:class|def)\s+(\w+)")
CHAIN = re.compile(r"[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*")
#: Names that figures use; nobody looks for them.
DRAWING = {"ax", "axes", "fig", "left", "right", "plt"}


def names(code):
    """Names defined in the code, then dotted ones (nn.Linear) in order of first use.

    Plain variables and the parts of a drawing are left out, and so are comments,
    strings and magics. Regular expressions, not the tokenizer: a cell may hold text
    that is no Python, and must still be found.
    """
    code = NOISE.sub(" ", code)
    dotted = (re.sub(r"\s", "", chain) for chain in CHAIN.findall(code))
    found = [*DEFINED.findall(code), *filter(_worth, map(_plain, dotted))]
    return list(dict.fromkeys(name for name in found if not name.startswith("__")))


def embedded(spec):
    """Names of an embedded object: "kim.autograd:Tensor.backward" gives two."""
    module, _, path = str(spec).strip().partition(":")
    return [path, f"{module}.{path}"] if path else [module]


def _plain(name):
    return name.removeprefix("self.").removeprefix("cls.")


def _worth(name):
    root, _, rest = name.partition(".")
    return bool(rest) and root not in DRAWING
