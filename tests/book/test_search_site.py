"""Search on the built site: right pages, fast, from a server and from a disk."""

import re
import unicodedata
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
QUERIES = yaml.safe_load((HERE / "search_queries.yml").read_text("utf-8"))
READY = "window.hocsauSearch && hocsauSearch.index && hocsauSearch.index.complete"
PHONE = {"width": 390, "height": 780}

pytestmark = pytest.mark.browser


@pytest.fixture(params=["http", "file"])
def start(request, site, html_dir):
    """Where the site begins: on a server, on a disk."""
    return html_dir.as_uri() if request.param == "file" else site.base.rstrip("/")


@pytest.fixture
def tab(browser):
    """A fresh page that remembers what it asked for and what it complained of."""
    tab = browser.new_page()
    tab.asked, tab.errors = [], []
    tab.on("request", lambda request: tab.asked.append(request.url))
    tab.on("pageerror", lambda error: tab.errors.append(str(error)))
    yield tab
    tab.close()


def plain(text):
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def typed_queries():
    for query in QUERIES:
        yield query["text"], query["pages"]
        if query.get("plain"):
            yield plain(query["text"]), query["pages"]


def is_one_of(url, names):
    """nyu/01-1 is book/nyu/tuan-01/01-1-any-words.html."""
    path = url.split("/book/")[-1]
    for name in names:
        folder, _, page = f"/{name}".rpartition("/")
        start = f"{folder.strip('/')}/" if folder.strip("/") else ""
        if re.fullmatch(
            rf"{re.escape(start)}(tuan-\d+/)?{re.escape(page)}(-.*)?\.html", path
        ):
            return True
    return False


def ready(tab, start):
    """The search page with the whole index, which a query brings."""
    tab.goto(f"{start}/search.html?q=mang")
    tab.wait_for_function(READY)


def first_three(tab, query):
    code = "q => hocsauSearch.search(q, 3).pages.map(page => page.url)"
    return tab.evaluate(code, query)


def test_the_right_page_is_among_the_first_three(tab, start):
    ready(tab, start)
    queries = list(typed_queries())
    assert len(QUERIES) >= 40
    found = {query: first_three(tab, query) for query, _ in queries}
    missed = [
        (query, found[query])
        for query, pages in queries
        if not any(is_one_of(url, pages) for url in found[query])
    ]
    assert len(missed) <= 0.05 * len(queries), missed


def test_english_and_vietnamese_find_the_same_page(tab, start):
    ready(tab, start)
    found = [set(first_three(tab, q)) for q in ("backpropagation", "lan truyen nguoc")]
    pages = ["nhap-mon/02", "nyu/01-1", "nyu/02-1", "nyu/02-2", "dlsys/03", "dlsys/04"]
    assert any(is_one_of(url, pages) for url in found[0] & found[1]), found


def test_first_answer_within_a_tenth_of_a_second(tab, start):
    ready(tab, start)
    start = "const start = performance.now();"
    code = (
        f"q => {{ {start} hocsauSearch.search(q); return performance.now() - start; }}"
    )
    first = tab.evaluate(code, "dao ham rieng")
    assert first < 100, f"{first} ms"


def test_dialog_from_a_chapter(tab, start):
    tab.goto(f"{start}/book/index.html")
    tab.wait_for_load_state("load")
    assert not [url for url in tab.asked if "index-text" in url], "nạp chỉ mục quá sớm"
    tab.keyboard.press("Control+k")
    tab.locator("dialog.hs-dialog input").wait_for()
    tab.keyboard.type("perceptron")
    tab.wait_for_function(READY)
    link = tab.locator("dialog .hs-unit").first
    link.wait_for()
    assert tab.locator("dialog mark").count() > 0
    assert "trang" in tab.locator("dialog [role=status]").inner_text()
    tab.locator("dialog .hs-unit[href*='#']").first.click()
    tab.wait_for_url("**/*.html#*")
    place = tab.evaluate(
        "document.getElementById(decodeURIComponent(location.hash.slice(1)))?.tagName"
    )
    assert place, tab.url
    assert not tab.errors
    assert all(url.startswith((start, "data:")) for url in tab.asked)


@pytest.mark.parametrize("name", ["search.html", "404.html"])
def test_a_field_brings_the_index_only_when_typed_in(tab, site, name):
    tab.goto(f"{site.base}/{name}")
    field = tab.locator("main input[name=q]")
    field.wait_for()
    tab.wait_for_load_state("networkidle")
    assert not [url for url in tab.asked if "/index-" in url]
    field.fill("dao ham")
    tab.locator("main .hs-page").first.wait_for()
    assert not tab.errors


def test_every_anchor_of_the_index_exists(tab, start, html_dir):
    ready(tab, start)
    code = "[...new Set(hocsauSearch.links())]"
    ids, missing = {}, []
    for path, anchor in tab.evaluate(code + ".map(link => link.split('#'))"):
        if path not in ids:
            html = (html_dir / path).read_text("utf-8")
            ids[path] = set(re.findall(r'\bid="([^"]+)"', html))
        if anchor not in ids[path]:
            missing.append(f"{path}#{anchor}")
    assert ids and not missing


def test_search_page_reads_and_keeps_the_query(tab, start):
    tab.goto(f"{start}/search.html?q=hoi+quy")
    tab.wait_for_function(READY)
    tab.locator(".hs-page").first.wait_for()
    field = tab.locator("main input[name=q]")
    assert field.input_value() == "hoi quy"
    field.fill("đạo hàm")
    tab.wait_for_function("document.querySelector('.hs-list mark')")
    assert tab.evaluate("new URL(location.href).searchParams.get('q')") == "đạo hàm"
    field.fill("zzqxv wqqz")
    tab.wait_for_function("!document.querySelector('.hs-page')")
    assert "Không thấy" in tab.locator("main [role=status]").inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_dialog_on_a_phone_fits_and_can_be_read(browser, site, theme):
    tab = browser.new_page(viewport=PHONE, color_scheme=theme)
    tab.add_init_script(f"localStorage.theme = localStorage.mode = '{theme}'")
    tab.goto(f"{site.base}/book/index.html")
    tab.locator("[data-search-open]:visible").first.click()
    tab.locator("dialog input").fill("gradient")
    tab.locator("dialog .hs-excerpt").first.wait_for()  # the text comes after titles
    tab.locator("dialog .hs-list mark").first.wait_for()
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert (
        tab.evaluate("document.querySelector('dialog').getBoundingClientRect().width")
        <= PHONE["width"]
    )
    assert tab.evaluate("document.documentElement.dataset.theme") == theme
    assert contrast(tab, ".hs-excerpt") >= 4.5
    assert contrast(tab, ".hs-list mark") >= 4.5
    tab.locator(".hs-close").click()
    assert not tab.locator("dialog").is_visible()
    tab.close()


def contrast(tab, selector):
    """WCAG contrast of an element's text against the nearest painted background."""
    return tab.evaluate(CONTRAST, selector)


CONTRAST = """selector => {
  const parse = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => [0.2126, 0.7152, 0.0722].reduce((sum, w, i) => {
    const v = parse(c)[i] / 255;
    return sum + w * (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  }, 0);
  let node = document.querySelector("dialog " + selector);
  const text = light(getComputedStyle(node).color);
  const back_of = n => getComputedStyle(n).backgroundColor;
  while (parse(back_of(node))[3] === 0) node = node.parentElement;
  const back = light(back_of(node));
  return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
}"""
