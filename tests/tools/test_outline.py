"""The structure of a text, and a translation held against it."""

from __future__ import annotations

import json

import pytest

from hocsau_build.upstream import align, outline

KRAMDOWN = """\
---
title: T
---

## [Review](https://youtu.be/x)

We have $h$ and $$x$$ inline.

$$
\\boldsymbol{h} = f(\\boldsymbol{z})
$$

$$a^2 + b^2 = c^2$$

<center>
<img src="{{site.baseurl}}/images/a.png" width="500px" /><br>
<b>Fig. 1</b>: A.
</center>

### Step

```python
## not a heading
x = model(y)  # $$ no equation
```

<!-- ![hidden](x.png)
## hidden
-->

![Two](b.png)

{% highlight python %}
z = 1
{% endhighlight %}
"""
MYST = """\
---
kernelspec: {name: python3}
---

# T

## Ôn lại

````{note}
Một ý, và một hình trong ghi chú.

![a](a.png)
````

$$
\\mathbf{h} = f(\\mathbf{z})
$$ (eq-h)

$$a^2 + b^2 = c^2.$$

:::{figure} a.png
:alt: A
:::

% ## chú thích
### Bước

```{code-cell} ipython3
:tags: [remove-cell]
glue("a", "1")
```

```{code-cell} ipython3
x = model(y)
```

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-b
---
plot()
```
"""


def kinds(text):
    return [(i.kind, i.line) for i in outline.of_text(text)]


def test_parts_of_a_jekyll_page_with_their_lines():
    assert kinds(KRAMDOWN) == [
        ("heading", 5), ("equation", 9), ("equation", 13), ("figure", 16),
        ("heading", 20), ("code", 22), ("figure", 31), ("code", 33),
    ]  # fmt: skip


def test_parts_of_a_page_of_ours():
    assert kinds(MYST) == [
        ("heading", 5), ("heading", 7), ("figure", 12), ("equation", 15),
        ("equation", 19), ("figure", 21), ("heading", 26), ("code", 33), ("figure", 37),
    ]  # fmt: skip


def test_parts_of_a_notebook_count_by_cell():
    cells = [
        {"cell_type": "markdown", "source": ["# A\n", "\n", "$$x$$\n", "\n", "## B"]},
        {"cell_type": "code", "source": "x = 1"},
        {"cell_type": "code", "source": ""},
    ]
    found = outline.of_file("a.ipynb", json.dumps({"cells": cells}))
    assert [(i.kind, i.line, i.level) for i in found] == [
        ("heading", 1, 1), ("equation", 1, 0), ("heading", 1, 2), ("code", 2, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "---", "```", "$$", "```{note}\n```\n$$\nx"])
def test_broken_text_ends(text):
    assert all(i.line <= 4 for i in outline.of_text(text))


def test_a_formula_keeps_its_words_through_a_translation():
    one = outline.sketch(r"\boldsymbol{L}(y) = \max(0, 1 - y f) \text{ if } y > 0")
    two = outline.sketch(r"\mathbf{L}(y) = \max(0, 1 - yf) \text{ nếu } y > 0")
    other = outline.sketch(r"\sigma(x) = \frac{1}{1 + e^{-x}}")
    items = [outline.Item("equation", 1, 0, m) for m in (one, two, other)]
    assert align.likeness(items[0], items[1]) > 0.6
    assert align.likeness(items[0], items[2]) < 0.2


SOURCE = """\
## Một

$$a = b + c$$

### Hai

![x](hinh.png)

```python
x = model(y)
```

## Ba

$$p = q r s t$$

$$\\alpha = \\beta\\gamma$$
"""


def against(text: str, source: str = SOURCE) -> list[tuple[int, str]]:
    items = [outline.levelled(outline.of_text(t)) for t in (source, text)]
    found = align.divergences(*items, end=len(text.splitlines()))
    return [(d.line, d.what) for d in found]


def test_a_faithful_translation_has_no_divergence():
    assert against("# Tên trang\n\n" + SOURCE.replace("Một", "Thứ nhất")) == []


def test_what_is_missing_extra_or_swapped_is_named_by_line():
    assert against(SOURCE.replace("$$p = q r s t$$\n\n", "")) == [
        (15, "thiếu công thức ở dòng 15 của bản gốc")
    ]
    assert against(SOURCE.replace("![x](hinh.png)\n", "")) == [
        (8, "thiếu hình ở dòng 7 của bản gốc")
    ]
    assert against(SOURCE + "\n![y](them.png)\n") == [
        (19, "hình này không có trong bản gốc")
    ]
    assert against(SOURCE.replace("### Hai", "## Hai")) == [
        (5, "tiêu đề sâu 1 bậc, ở dòng 5 của bản gốc là 2 bậc")
    ]
    swapped = SOURCE.replace("![x](hinh.png)\n\n", "").replace(
        "```\n\n## Ba", "```\n\n![x](hinh.png)\n\n## Ba"
    )
    whats = [what for _, what in against(swapped)]
    assert len(whats) == 2 and {w.split()[0] for w in whats} >= {"thiếu"}
    assert any("không có trong bản gốc" in w for w in whats)


def test_another_formula_in_the_place_of_one_is_named():
    long = "## A\n\n$$L = \\max(0, m - y f(x))$$\n"
    other = "## A\n\n$$\\sigma = \\frac{u v}{\\sqrt{w}}$$\n"
    assert against(other, long)


def test_the_end_of_the_source_left_out():
    assert [line for line, _ in against("## Một\n\n$$a = b + c$$\n")] == [3] * 6
