"""Tập ảnh lật: nhiều bảng số đổi theo khung, kéo thanh trượt để xem.

Một đoạn HTML tự chứa: mỗi ô là một chữ số mức xám, vài dòng JavaScript
vẽ lại khung đang chọn; khi in hoặc tắt JavaScript thì khung đầu và
khung cuối hiện cạnh nhau.
Nhà: nyu/03-2.
"""

import hashlib
import html
import json
from string import Template

import numpy as np

LEVELS = 5  # mức xám, 0 là trắng
GAP = 2  # khoảng cách giữa hai bảng, tính bằng ô

STYLE = """
#$id{background:#fff;color:#222;border-radius:6px;padding:8px;
 max-width:520px;margin:0 auto;font:15px/1.4 system-ui,sans-serif}
#$id svg{display:block;width:100%;height:auto}
#$id text{font-size:${font}px;text-anchor:middle;fill:#222}
#$id .bar{display:none;gap:10px;align-items:center;margin-top:8px}
#$id input{flex:1;min-width:0;height:44px;accent-color:#0060a0}
#$id .now{font-weight:600;min-width:9em}
#$id.on .bar{display:flex}
#$id.on .still+.still{display:none}
@media print{#$id.on .bar{display:none}
 #$id.on .still+.still{display:block}}
"""

SCRIPT = """
(function () {
  var box = document.getElementById("$id");
  var d = JSON.parse(box.querySelector("script").textContent);
  var paths = box.querySelectorAll(".still g.m");
  var bar = box.querySelector("input");
  var now = box.querySelector(".now");
  function draw() {
    var f = d.f[bar.value], p, i, k, s, v;
    for (p = 0; p < f.length; p++) {
      s = ["", "", "", "", ""];
      for (i = 0; i < f[p].length; i++) {
        v = +f[p][i];
        s[v] += "M" + i % d.w[p] + " " + Math.floor(i / d.w[p]) +
          "h1v1h-1z";
      }
      for (k = 1; k < 5; k++)
        paths[p].children[k - 1].setAttribute("d", s[k]);
    }
    now.textContent = d.l[bar.value];
    bar.setAttribute("aria-valuetext", now.textContent);
  }
  bar.oninput = draw;
  box.classList.add("on");
  draw();
})();
"""


def levels(panel) -> str:
    """Đổi bảng số (h, w) trong [0, 1] thành chuỗi h·w chữ số 0–4."""
    unit = np.clip(np.asarray(panel, dtype=float), 0, 1)
    return "".join(
        str(v) for v in np.rint(unit * (LEVELS - 1)).astype(int).flat
    )


def squares(code: str, width: int) -> str:
    """Bốn nét SVG, mỗi mức xám khác 0 một nét."""
    parts = []
    for level in range(1, LEVELS):
        shade = round(255 * (1 - level / (LEVELS - 1)))
        d = "".join(
            f"M{i % width} {i // width}h1v1h-1z"
            for i, v in enumerate(code)
            if int(v) == level
        )
        parts.append(
            f'<path fill="rgb({shade},{shade},{shade})" d="{d}"/>'
        )
    return "".join(parts)


def drawing(codes, shapes, titles, alt: str) -> str:
    """Một khung: các bảng xếp hàng ngang, tên ở trên."""
    height = max(h for h, _ in shapes)
    font, x, body = height / 6, 0, []
    for code, (h, w), title in zip(codes, shapes, titles, strict=True):
        y = (height - h) / 2
        body.append(
            f'<g transform="translate({x} {y})"><rect width="{w}" '
            f'height="{h}" fill="#fff" stroke="#888" '
            f'stroke-width=".15"/><g class="m">{squares(code, w)}</g>'
            f'<text x="{w / 2}" y="{-y - font / 3}">'
            f"{html.escape(title)}</text></g>"
        )
        x += w + GAP
    box = f"-.5 {-1.5 * font:.2f} {x - GAP + 1} {height + 2 * font:.2f}"
    return (
        f'<svg class="still" viewBox="{box}" role="img" '
        f'aria-label="{html.escape(alt)}">{"".join(body)}</svg>'
    )


class Flip:
    """Kết quả của ``flip``: HTML trong notebook, một câu ở nơi khác."""

    def __init__(self, markup: str, text: str):
        self.markup, self.text = markup, text

    def _repr_html_(self) -> str:
        return self.markup

    def __repr__(self) -> str:
        return self.text


def flip(frames, labels, titles, *, alt: str):
    """Lật qua k khung, mỗi khung gồm p bảng số trong [0, 1].

    ``frames``: k danh sách, mỗi danh sách p mảng (h, w), bảng thứ i giữ
    nguyên cỡ ở mọi khung; ``labels``: k tên khung; ``titles``: p tên
    bảng; ``alt``: lời tả cho người không thấy hình.
    Lỗi: ``ValueError`` nếu số khung khác số tên hay một bảng đổi cỡ.
    """
    shapes = [np.shape(panel) for panel in frames[0]]
    if len(frames) != len(labels):
        raise ValueError(
            f"flip: {len(frames)} khung mà {len(labels)} tên; cần bằng nhau"
        )
    if any([np.shape(p) for p in f] != shapes for f in frames):
        raise ValueError("flip: bảng đổi cỡ giữa các khung; giữ một cỡ")
    codes = [[levels(p) for p in f] for f in frames]
    data = json.dumps(
        {"f": codes, "w": [w for _, w in shapes], "l": list(labels)},
        separators=(",", ":"),
        ensure_ascii=False,
    ).replace("</", "<\\/")
    ident = (
        "hf" + hashlib.sha256((data + alt).encode()).hexdigest()[:10]
    )
    slots = {
        "id": ident,
        "font": f"{max(h for h, _ in shapes) / 6:.2f}",
    }
    stills = "".join(
        drawing(codes[k], shapes, titles, f"{alt} ({labels[k]})")
        for k in (0, -1)
    )
    markup = (
        f'<div class="hs-flip" id="{ident}">'
        f"<style>{Template(STYLE).substitute(slots)}</style>{stills}"
        f'<div class="bar"><input type="range" min="0" '
        f'max="{len(frames) - 1}" value="0" '
        f'aria-label="Kéo để lật khung"><span class="now"></span></div>'
        f'<script type="application/json">{data}</script>'
        f"<script>{Template(SCRIPT).substitute(slots)}</script></div>"
    )
    return Flip(markup, f"Tập ảnh lật {len(frames)} khung: " + alt)
