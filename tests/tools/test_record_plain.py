"""The reader of the recording machine sees the cells that MyST sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from hocsau_build import chapter
from hocsau_build.recording import plain

ROOT = Path(__file__).resolve().parents[2]

TRICKY = """\
---
kernelspec: {name: python3}
---
# A

````{note}
```{code-cell} ipython3
trong khối
```
````

:::{admonition} A
```{code-cell} ipython3
trong khối hai chấm
```
:::

- mục

  ```{code-cell} ipython3
  trong danh sách
  ```

```python
chỉ là mã
```

``` {code-cell} ipython3
có dấu cách thì không phải ô
```

```{code-cell} ipython3
:tags: [gpu,
:  hide-input]

có_cách = 1

sau_dòng_trống = 2
```

~~~
```{code-cell} ipython3
trong rào khác
```
~~~

```{code-cell} ipython3
---
tags: [gpu]
mystnb:
  figure:
    caption: |
      Hai dòng
---
x = '''
```'''
````{code-cell}
"""


def both(text, tmp_path):
    path = tmp_path / "p.md"
    path.write_text(text, "utf-8")
    readers = (chapter.load, plain.load)
    return [[(c.source, c.line, c.options) for c in r(path, "p.md").cells]
            for r in readers]  # fmt: skip


def test_the_plain_reader_agrees_with_myst_on_tricky_fences(tmp_path):
    theirs, ours = both(TRICKY, tmp_path)
    assert ours == theirs and len(ours) == 2


@pytest.mark.parametrize("path", sorted((ROOT / "book").rglob("*.md")), ids=str)
def test_the_plain_reader_agrees_with_myst_on_every_page(path, tmp_path):
    theirs, ours = both(path.read_text("utf-8"), tmp_path)
    assert ours == theirs
