"""A whole small lesson, the good example of the rules on structure."""

from __future__ import annotations

#: Kinds of pages that teach, and so have all sections.
LESSONS = ("lecture", "practicum", "lab")

HEAD = """\
---
kernelspec: {name: python3, display_name: Python 3}
hocsau:
  id: nyu/01-1
  kind: lecture
  minutes: 45
  authors: [Tên]
  license: CC-BY-SA-4.0
  updated: "2026-11-21"
---
# Tên trang

Vì sao?

## Mục tiêu

- Đoán được ({ref}`ex-01-1-a`).
- Suy ra được ({ref}`ex-01-1-b`).
- Viết được ({ref}`ex-01-1-c`, {ref}`ex-01-1-d`).

## Ý thứ nhất

% topic: 1
Lời văn.

% topic: 2
Lời văn nữa.

"""
FIGURE = """\
```{{code-cell}} ipython3
---
mystnb:
  figure:
    name: fig-01-1-{0}
    caption: Hình {0}. Hãy để ý chỗ gãy.
  image:
    alt: Đường đi xuống
---
1 + 1
```

"""
EXERCISE = """\
````{{exercise-start}} {1} · Bài {0}
:label: ex-01-1-{0}
````
Đề bài.
````{{exercise-end}}
````

````{{solution-start}} ex-01-1-{0}
:class: dropdown
````
Lời giải {0}.
````{{solution-end}}
````

"""
QUESTION = """\
Câu {}?

:::{{admonition}} Đáp án
:class: dropdown
Vì thế.
:::

"""
GOOD = (
    HEAD
    + "".join(FIGURE.format(x) for x in "abc")
    + "## Lỗi thường gặp\n\nLỗi.\n\n## Tóm tắt\n\n- Ý.\n\n## Bài tập\n\n"
    + "".join(EXERCISE.format(x, "★★") for x in "abcde")
    + "## Tự kiểm tra\n\n"
    + "".join(QUESTION.format(x) for x in ("một", "hai", "ba"))
    + "## Đọc thêm\n\n- Bài báo.\n"
)
