"""Objects are found by reading, with the right lines; errors say what to do."""

import sys

import pytest

from hocsau.live.source import EmbedError, cell, find

MOD = '''
import enum
from .other import helper

LIMIT = 3


# ---- shapes ----

# The area of a square.
# Second line.
@enum.unique
class Box(enum.Enum):
    A = 1


class Tensor:
    """A tensor."""

    size: int = 0

    # Doubles.
    @property
    def value(self):
        """Read.

            more
        """
        text = """raw
    raw
"""
        return self._value, text

    @value.setter
    def value(self, new):
        self._value = new

    class Inner:
        def deep(self):
            return 1


def outer():
    def nested():
        pass
    return nested


Tensor.attached = outer
if LIMIT:
    def guarded():
        pass
try:
    import fast
except ImportError:
    fast = None
'''


@pytest.fixture
def root(lib):
    return lib(
        **{
            "pkg/__init__": """
                from .mod import Tensor
                from pkg.mod import outer as out
                from . import mod
                """,
            "pkg/mod": MOD,
            "pkg/other": "def helper():\n    return 1\n",
            "pkg/broken": "x = 1\ndef f(:\n    pass\n",
        }
    )


def lines(root, found):
    text = found.path.read_text(encoding="utf-8").split("\n")
    return [text[a - 1 : b] for a, b in found.spans]


def test_class_with_decorator_and_comments(root):
    found = find("pkg.mod", "Box", [root])
    assert (found.kind, found.relpath) == ("class", "pkg/mod.py")
    assert found.text.startswith("# The area of a square.\n# Second line.\n@enum")
    assert found.text.endswith("    A = 1")
    assert lines(root, found) == [found.text.split("\n")]


def test_property_has_getter_and_setter(root):
    found = find("pkg.mod", "Tensor.value", [root])
    assert found.kind == "method" and len(found.spans) == 2
    assert found.text.startswith("# Doubles.\n@property\ndef value(self):\n    ")
    assert "\n\n@value.setter\ndef value(self, new):\n    self._value" in found.text
    shown = lines(root, found)
    assert shown[0][0] == "    # Doubles." and shown[1][0] == "    @value.setter"
    assert shown[1][-1].strip() == "self._value = new"


def test_dedent_keeps_strings_but_not_docstrings(root):
    text = find("pkg.mod", "Tensor.value", [root]).text
    assert '"""raw\n    raw\n"""\n    return' in text
    assert '"""Read.\n\n        more\n    """' in text


def test_nested_method_constant_and_field(root):
    deep = find("pkg.mod", "Tensor.Inner.deep", [root])
    assert deep.text == "def deep(self):\n    return 1"
    assert find("pkg.mod", "LIMIT", [root]).kind == "constant"
    assert find("pkg.mod", "Tensor.size", [root]).text == "size: int = 0"
    assert find("pkg.mod", "Tensor", [root]).kind == "class"


def test_overloads_are_shown_together(lib):
    root = lib(
        over="""
        from typing import overload

        @overload
        def f(x: int) -> int: ...
        @overload
        def f(x: str) -> str: ...
        def f(x):
            return x
        """
    )
    found = find("over", "f", [root])
    assert found.text.count("def f(") == 3 and len(found.spans) == 3
    assert "int: ...\n@overload" in found.text


def test_reexport_is_followed(root):
    assert find("pkg", "Tensor.value", [root]).relpath == "pkg/mod.py"
    assert find("pkg", "out", [root]).name == "outer"
    assert find("pkg", "mod.outer", [root]).module == "pkg.mod"


def test_default_roots_and_no_import(root):
    assert find("pkg.mod", "outer").path == root / "pkg" / "mod.py"
    assert "pkg" not in sys.modules and "pkg.mod" not in sys.modules


def test_cell_has_one_marker_for_each_target(root):
    text = cell("pkg.mod", ["Tensor.Inner.deep", "LIMIT"], roots=[root])
    assert text == (
        "# pkg/mod.py · Tensor.Inner.deep\ndef deep(self):\n    return 1\n"
        "\n# pkg/mod.py · LIMIT\nLIMIT = 3"
    )


@pytest.mark.parametrize(
    ("module", "name", "words"),
    [
        ("pkg.nowhere", "f", ["pkg.nowhere", "không tìm thấy", "pkg/nowhere.py"]),
        ("pkg.broken", "f", ["broken.py:2", "cú pháp"]),
        ("pkg.mod", "Tensro", ["pkg/mod.py", "Tensro", "gần giống: Tensor"]),
        ("pkg.mod", "deep", ["gần giống: Tensor.Inner.deep"]),
        ("pkg.mod", "Tensor.attached", ["gắn nó từ ngoài"]),
        ("pkg.mod", "guarded", ["dưới if", "đưa nó ra ngoài"]),
        ("pkg.mod", "fast", ["dưới try"]),
        ("pkg.mod", "outer.nested", ["nằm trong một hàm"]),
        ("pkg.mod", "helper", ["nhập từ .other", "nhúng .other:helper"]),
        ("pkg.mod", "LIMIT.x", ["không phải lớp"]),
        ("pkg mod", "f", ["không phải tên mô-đun"]),
        ("pkg.mod", "a-b", ["không phải tên có chấm"]),
    ],
)
def test_errors_say_where_what_and_remedy(root, module, name, words):
    with pytest.raises(EmbedError) as caught:
        find(module, name, [root])
    assert all(w in str(caught.value) for w in words), caught.value


def test_file_not_in_utf8(lib):
    root = lib()
    (root / "bad.py").write_bytes(b"x = 1\n# \xe9\n")
    with pytest.raises(EmbedError, match=r"bad\.py:2.*UTF-8"):
        find("bad", "x", [root])


def test_empty_name(root):
    with pytest.raises(EmbedError, match="thiếu tên"):
        cell("pkg.mod", [""], roots=[root])


def test_file_change_is_seen(root):
    path = root / "pkg" / "other.py"
    assert "return 1" in find("pkg.other", "helper", [root]).text
    path.write_text("# new\ndef helper():\n    return 200\n", encoding="utf-8")
    found = find("pkg.other", "helper", [root])
    assert found.spans == [(1, 3)] and "200" in found.text
