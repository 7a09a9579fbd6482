"""Names in a code cell: what a reader types to find the cell again."""

import builtins
import keyword
import re

NOISE = re.compile(
    r"[rbfu]{0,2}(?:'''[\s\S]*?'''|\"\"\"[\s\S]*?\"\"\"|'[^'\n]*'|\"[^\"\n]*\")"
    r"|#[^\n]*|^\s*[%!][^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
CHAIN = re.compile(r"[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*")
SKIP = set(keyword.kwlist) | set(dir(builtins)) | {"self", "cls"}


def names(code):
    """Dotted names in order of first use: nn.Linear, loss.backward.

    Comments, strings and magics are left out. Regular expressions, not the
    tokenizer: a cell may hold text that is no Python, and must still be found.
    """
    code = NOISE.sub(" ", code)
    found = (re.sub(r"\s", "", chain) for chain in CHAIN.findall(code))
    return list(dict.fromkeys(filter(None, map(_worth, found))))


def embedded(spec):
    """Names of an embedded object: "kim.autograd:Tensor.backward" gives two."""
    module, _, path = str(spec).strip().partition(":")
    return [path, f"{module}.{path}"] if path else [module]


def _worth(name):
    """The name without self; nothing for a keyword, a built-in or one letter."""
    name = name.removeprefix("self.").removeprefix("cls.")
    return name if len(name) > 1 and name not in SKIP else ""
