"""KaTeX at build: what it takes, what it refuses, and what it remembers."""

import re

import pytest

from hocsau_build.site.katex import Katex, KatexError
from hocsau_build.site.maths import arrange, tidy


@pytest.fixture(scope="module")
def katex(tmp_path_factory):
    engine = Katex(tmp_path_factory.mktemp("katex") / "katex.json")
    yield engine
    engine.close(keep=False)


def visible(html: str) -> str:
    """Text of the HTML half: without MathML, without tags."""
    html = re.sub(r'<span class="katex-mathml">.*?</math></span>', "", html)
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{aligned}a &= b \\ &= c\end{aligned}",
        r"E = mc^2 \tag{*}",
        r"\nabla_{\mathbf{w}}\mathcal{L} \in \mathbb{R}^{n \times d}",
        r"\begin{bmatrix}1 & 0\\0 & 1\end{bmatrix}\quad\begin{cases}1\\0\end{cases}",
        r"\operatorname*{arg\,min}_{x} \lVert x \rVert_2",
    ],
)
def test_common_latex_renders(katex, tex):
    html = katex.render(tex, display=True)
    assert "katex-display" in html
    assert "<math" in html
    assert "katex-error" not in html


@pytest.mark.parametrize(
    "text", ["số ổi đỏ", "ẵ ễ ử ỹ Đ Ặ Ợ", "giá trị kích hoạt, ì ạch"]
)
def test_vietnamese_letters_stay_whole(katex, text):
    html = katex.render(rf"x_{{\text{{{text}}}}}", display=False)
    shown = visible(html).replace("\xa0", " ")
    assert text in shown
    assert "accent-body" not in html


def test_vietnamese_in_mathrm_becomes_text():
    assert tidy(r"\mathrm{giá} + \mathrm{d}x") == r"\text{giá} + \mathrm{d}x"


def test_numbers_are_left_to_sphinx():
    tex = tidy(r"\begin{align} a &= b \label{eq:a} \end{align}")
    assert r"\begin{align*}" in tex and r"\end{align*}" in tex
    assert "label" not in tex
    assert tidy(r"\begin{align*}a\end{align*}") == r"\begin{align*}a\end{align*}"


def test_bare_lines_are_aligned():
    assert arrange(r"a \\ b") == r"\begin{aligned}a \\ b\end{aligned}"
    assert arrange("a\n\nb").startswith(r"\begin{gathered}")
    assert arrange(r"\begin{cases}a\\b\end{cases}") == r"\begin{cases}a\\b\end{cases}"


def test_a_broken_formula_is_an_error_and_the_next_one_works(katex):
    with pytest.raises(KatexError, match="Undefined control sequence"):
        katex.render(r"\khongco{x}", display=False)
    assert "katex" in katex.render("x", display=False)


def test_the_memory_needs_no_node(tmp_path):
    first = Katex(tmp_path / "katex.json")
    html = first.render(r"\frac{1}{2}", display=True)
    first.close()
    second = Katex(tmp_path / "katex.json")
    assert second.render(r"\frac{1}{2}", display=True) == html
    assert (first.started, second.started) == (1, 0)
    second.close()


def test_inline_and_display_are_remembered_apart(tmp_path):
    engine = Katex(tmp_path / "katex.json")
    assert engine.render("x", display=True) != engine.render("x", display=False)
    engine.close()


def test_a_corrupt_memory_is_only_slower(tmp_path):
    memory = tmp_path / "katex.json"
    memory.write_text("{broken", "utf-8")
    engine = Katex(memory)
    assert "katex" in engine.render("x", display=False)
    engine.close()
    assert Katex(memory).known
