"""Every page, light and dark, phone and desktop: quiet, readable, in Vietnamese."""

import functools
import gzip
import re
from urllib.parse import unquote, urlsplit

import pytest

ENGLISH = re.compile(
    r"\b(search|contents?|next|previous|copy|copied|toggle|show|hide|click|edit|skip|"
    r"page|home|note|warning|tip|hint|caution|danger|important|exercise|solution|"
    r"theorem|definition|back to|permalink|link to|theme|(?<!cc )by|last|download|"
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
  article.querySelectorAll("pre, code, .math, script").forEach((n) => n.remove());
  return article.textContent;
}"""

# The page's text without the figures that stand inside it as HTML.
WITHOUT_FIGURES = """async () => {
  const text = await (await fetch(location.href)).text();
  const copy = new DOMParser().parseFromString(text, "text/html");
  copy.querySelectorAll(".cell_output .text_html, .cell_output svg")
    .forEach((n) => n.remove());
  return copy.documentElement.outerHTML;
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
    if (el.closest("svg, .katex-mathml, script, style, iframe, .text_html")) continue;
    const style = getComputedStyle(el), size = parseFloat(style.fontSize);
    if (rgba(style.color)[3] === 0) continue;  // \\phantom in a formula: only space
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 600);
    const [a, b] = [light(rgba(style.color)), light(back(el))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5))
      bad.set(`${el.tagName}.${el.className}`,
        `${ratio.toFixed(2)} «${walk.currentNode.data.trim().slice(0, 30)}»`);
  }
  return [...bad].slice(0, 12);
}"""


@pytest.fixture(scope="session")
def visit(site, views):
    """All that is to be known of a page, from one visit with each view."""

    @functools.cache
    def look(page: str) -> dict:
        return {key: observe(view, site, page, key) for key, view in views.items()}

    return look


def observe(view, site, page: str, key) -> dict:
    """One visit."""
    if key == ("phone", "light"):
        view.renew()
    tab = view.open(site, page)
    seen = {
        "theme": tab.evaluate("document.documentElement.dataset.theme"),
        "over": tab.evaluate("document.documentElement.scrollWidth - innerWidth"),
    }
    if key[0] == "desktop":
        seen["contrast"] = tab.evaluate(CONTRAST)
    if key == ("phone", "light"):
        seen["furniture"] = tab.evaluate(FURNITURE)
        seen["maths"] = tab.evaluate(MATHS)
        seen["prose"] = tab.evaluate(PROSE)
        tab.evaluate("scrollTo(0, document.body.scrollHeight)")
        tab.wait_for_timeout(100)
        seen["sizes"] = {url: wire_size(site, url) for url in set(view.loaded)}
        html = len(gzip.compress(tab.evaluate(WITHOUT_FIGURES).encode()))
        seen["sizes"][site.base + page] = html
    return {**seen, "wrong": list(view.wrong)}


def wire_size(site, url: str) -> int:
    """Bytes as a server would send them; the page's own figures do not count."""
    name = unquote(urlsplit(url.removeprefix(site.base)).path)
    body = (site.html / name).read_bytes()
    if name.startswith("_images/"):
        return 0
    packed = name.endswith((".woff2", ".png", ".jpg", ".webp"))
    return len(body) if packed else len(gzip.compress(body))


def test_page_is_quiet_and_fits(visit, page):
    found = []
    for (screen, theme), seen in visit(page).items():
        where = f"{screen}, {theme}"
        found += [f"{where}: {what}" for what in seen["wrong"]]
        if seen["over"] > 0:
            found.append(f"{where}: trang rộng hơn màn hình {seen['over']} px")
    assert found == []


def test_page_is_readable_in_both_themes(visit, page):
    seen = visit(page)
    for theme in ("light", "dark"):
        assert seen["desktop", theme]["theme"] == theme
        assert seen["desktop", theme]["contrast"] == [], theme


def test_furniture_is_vietnamese(visit, page):
    texts = visit(page)["phone", "light"]["furniture"]
    assert len(texts) > 5
    words = [re.sub(r"\S+\.py", "", text) for text in texts]  # a file has its own name
    assert [text for text in words if ENGLISH.search(text)] == []


def test_mathematics_is_drawn_and_no_markup_is_raw(visit, page):
    seen = visit(page)["phone", "light"]
    assert seen["maths"]["drawn"] >= seen["maths"]["boxes"]
    assert seen["maths"]["broken"] == 0
    assert ROLE.findall(seen["prose"]) == []


def test_page_is_light(visit, page):
    sizes = visit(page)["phone", "light"]["sizes"]
    assert sum(sizes.values()) <= BUDGET, sorted(sizes.items(), key=lambda i: -i[1])[:8]
