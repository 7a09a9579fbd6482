"""Every page, light and dark, phone and desktop: quiet, own, readable, in Vietnamese."""

import gzip
import re

ENGLISH = re.compile(
    r"\b(search|contents?|next|previous|copy|copied|toggle|show|hide|click|edit|skip|"
    r"page|home|note|warning|tip|hint|caution|danger|important|exercise|solution|"
    r"theorem|definition|back to|permalink|link to|theme|by|last updated|download|"
    r"print|navigation|sidebar|light|dark|expand|collapse|figure|table|source code|"
    r"loading|results?|close|open|menu|main|settings|proof|lemma|example)\b",
    re.IGNORECASE,
)
ROLE = re.compile(r"\{[a-z][a-z:-]*\}`|:::|\$\$|\\\(|\]\{\.")
BUDGET = 350_000

FURNITURE = """() => {
  const out = [];
  const own = (el) => !el.closest("[lang=en]");
  for (const name of ["title", "aria-label", "placeholder"])
    for (const el of document.querySelectorAll(`[${name}]`))
      if (own(el) && !el.matches("article a.reference, article svg *, iframe"))
        out.push(el.getAttribute(name));
  const text = ["button", "summary", ".caption-number", ".prev-next-subtitle", "header",
    ".onthispage", ".bd-footer-content", ".skip-link", ".hs-facts dt", ".hs-launch",
    "div.exercise > .admonition-title", ".search-button-field", "label"];
  for (const el of document.querySelectorAll(text.join(",")))
    if (own(el) && !el.closest(".cell")) out.push(el.textContent);
  for (const el of document.querySelectorAll(".admonition-title")) {
    const kind = [...el.parentElement.classList].find((c) => STOCK.includes(c));
    if (kind && !el.closest(".dropdown")) out.push(el.firstChild?.textContent ?? "");
  }
  return out.map((s) => s.trim()).filter(Boolean);
}""".replace(
    "STOCK",
    '["note","warning","tip","hint","caution","danger","important","seealso",'
    '"attention","error","proof","theorem","definition","exercise","solution"]',
)

MATHS = """() => ({
  boxes: document.querySelectorAll("span.math, div.math").length,
  drawn: document.querySelectorAll("span.math > .katex, div.math .katex").length,
  broken: document.querySelectorAll(".katex-error, .hs-math-error").length,
})"""

PROSE = """() => {
  const article = document.querySelector("article").cloneNode(true);
  article.querySelectorAll("pre, code, .math, script, style").forEach((n) => n.remove());
  return article.textContent;
}"""

# Contrast of every visible text with the nearest painted background (WCAG 2.1 AA).
CONTRAST = """() => {
  const part = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const canvas = document.createElement("canvas").getContext("2d",
    { willReadFrequently: true });
  const memory = new Map();
  const rgba = (css) => {
    if (!memory.has(css)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      memory.set(css, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return memory.get(css);
  };
  const back = (el) => {
    for (; el; el = el.parentElement) {
      const c = rgba(getComputedStyle(el).backgroundColor);
      if (c[3] > 200) return c;
    }
    return [255, 255, 255, 255];
  };
  const bad = new Map();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const el = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !el.checkVisibility({ opacityProperty: true,
      visibilityProperty: true })) continue;
    if (el.closest("svg, .katex-mathml, script, style, iframe, .cell_output .text_html"))
      continue;
    const style = getComputedStyle(el), size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 600);
    const [a, b] = [light(rgba(style.color)), light(back(el))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5))
      bad.set(`${el.tagName}.${el.className}`,
        `${ratio.toFixed(2)} «${walk.currentNode.data.trim().slice(0, 30)}»`);
  }
  return [...bad].slice(0, 12);
}"""


def test_page_is_quiet_and_fits(site, views, page):
    found = []
    for view in views.values():
        tab = view.open(site, page)
        found += [f"{view.name}: {what}" for what in view.wrong]
        over = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            found.append(f"{view.name}: trang rộng hơn màn hình {over} px")
    assert found == []


def test_page_is_readable_in_both_themes(site, views, page):
    found = {}
    for theme in ("light", "dark"):
        tab = views["desktop", theme].open(site, page)
        assert tab.evaluate("document.documentElement.dataset.theme") == theme
        if low := tab.evaluate(CONTRAST):
            found[theme] = low
    assert found == {}


def test_furniture_is_vietnamese(site, views, page):
    tab = views["phone", "light"].open(site, page)
    assert tab.evaluate("document.documentElement.lang") == "vi"
    english = [text for text in tab.evaluate(FURNITURE) if ENGLISH.search(text)]
    assert english == []


def test_mathematics_is_drawn_and_no_markup_is_raw(site, views, page):
    tab = views["desktop", "light"].open(site, page)
    maths = tab.evaluate(MATHS)
    assert maths["drawn"] >= maths["boxes"]
    assert maths["broken"] == 0
    assert ROLE.findall(tab.evaluate(PROSE)) == []


def test_page_is_light(site, views, page):
    """Compressed bytes without the page's own figures."""
    view = views["phone", "light"]
    tab = view.open(site, page)
    tab.evaluate("scrollTo(0, document.body.scrollHeight)")
    tab.wait_for_load_state("networkidle")
    sizes = {
        a.url: wire_size(a)
        for a in view.answers
        if "/_images/" not in a.url and a.url.startswith(site.origin)
    }
    assert sum(sizes.values()) <= BUDGET, sorted(sizes.items(), key=lambda i: -i[1])[:8]


def wire_size(answer) -> int:
    """Bytes as a server would send them."""
    body = answer.body()
    packed = answer.url.endswith((".woff2", ".png", ".jpg", ".webp"))
    return len(body) if packed else len(gzip.compress(body))
