"""An author's patch applies to the current source, or says why it cannot."""

import textwrap

import pytest

from hocsau.live.source import EmbedError, render

MOD = """
class Node:
    def backward(self):
        for child in self.children:
            child.grad += self.grad
            child.grad += self.grad
        return self


def step(w, lr):
    w -= lr
    return w
"""


@pytest.fixture
def patched(lib):
    root = lib(eng=MOD)

    def apply(patch, *names):
        names = names or ("Node.backward", "step")
        patch = textwrap.dedent(patch) if patch[0] == "\n" else patch
        return render("eng", list(names), patch, [root])

    return apply


def test_changed_lines_and_edited_part(patched):
    out = patched(
        """
        - w -= lr
        + w += lr
        + w += 0
        """
    )
    lines = out.text.split("\n")
    back, step = out.parts
    assert (back.edited, step.edited) == (False, True)
    assert [lines[i - 1] for i in step.changed_lines] == ["    w += lr", "    w += 0"]
    assert lines[step.start_line - 1] == "# eng.py · step"
    assert lines[step.end_line - 1] == "    return w"
    assert lines[back.end_line] == "" and back.changed_lines == []


def test_context_and_several_hunks(patched):
    out = patched(
        """
          for child in self.children:
        -     child.grad += self.grad
        +     child.grad = self.grad
        ...
          w -= lr
        + w *= 1

        + def step(w, lr=1):
        - def step(w, lr):
        """
    )
    assert out.text == (
        "# eng.py · Node.backward\ndef backward(self):\n"
        "    for child in self.children:\n        child.grad = self.grad\n"
        "        child.grad += self.grad\n    return self\n"
        "\n# eng.py · step\ndef step(w, lr=1):\n    w -= lr\n    w *= 1\n    return w"
    )


def test_deletion_only(patched):
    out = patched("-     w -= lr\n", "step")
    assert out.text == "# eng.py · step\ndef step(w, lr):\n    return w"
    assert out.parts[0].edited and out.parts[0].changed_lines == []


@pytest.mark.parametrize(
    ("patch", "words"),
    [
        ("- w = lr\n+ w = 0", ["không có trong nguồn", "- w = lr", "w -= lr"]),
        ("- child.grad += self.grad\n+ pass", ["khớp 2 chỗ", "ngữ cảnh"]),
        ("+ w = 0", ["chỉ có dòng '+'"]),
        ("  w -= lr", ["không đổi gì"]),
        ("w -= lr", ["dòng 1 của bản vá"]),
        ("- w -= lr\n+ w -=", ["sai cú pháp"]),
        ("- w -= lr\n+ w = 1\n\n- w -= lr\n+ w = 2", ["đè lên nhau"]),
    ],
)
def test_errors_show_both_texts(patched, patch, words):
    with pytest.raises(EmbedError) as caught:
        patched(patch)
    assert all(w in str(caught.value) for w in words), caught.value


def test_patch_goes_stale_loudly(lib):
    root = lib(eng=MOD.replace("w -= lr", "w = w - lr"))
    with pytest.raises(EmbedError, match="w = w - lr"):
        render("eng", ["step"], "- w -= lr\n+ w += lr", [root])
