"""The search scripts, in a browser, from a disk, on an index of a few lines."""

import itertools
import shutil
import unicodedata
from pathlib import Path

import pytest

import hocsau_build.search as search
from hocsau_build.search import output, synonyms

STATIC = Path(search.__file__).parent / "static" / "search"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VOWELS = {"a": ["", "\u0302", "\u0306"], "e": ["", "\u0302"], "i": [""],
          "o": ["", "\u0302", "\u031b"], "u": ["", "\u031b"], "y": [""]}  # fmt: skip
#: Page: its title and one unit (heading, names, text).
PAGES = {
    "hoi-quy": (
        "Hồi quy tuyến tính",
        ["Định nghĩa", "nn.Linear", "Ta làm hồi quy trên dữ liệu này."],
    ),
    "roi-rac": (
        "Chuyện khác",
        ["Nhắc lại", "", "Hồi xưa có lời. Theo quy định, sự hồi lại, quy về hồi."],
    ),
    "dao-ham": ("Giải tích", ["Đạo hàm", "", "Đạo hàm là tốc độ thay đổi."]),
    "dao-tao": ("Đào hầm", ["Đào hầm", "", "Chuyện đào hầm, dạo hàm."]),
    "ha": ("Tối ưu", ["Hạ gradient", "descend", "Muốn xuống thì hạ gradient."]),
    "nguoc": (
        "Tính ngược",
        ["Lan truyền ngược", "Tensor.backward", "Hòa cùng quy tắc."],
    ),
    "dau": ("", ["", "", '<img src=x onerror=alert(1)> & "nháy" </script>']),
}
TERMS = [["gradient descent", "hạ gradient"], ["backpropagation", "lan truyền ngược"]]


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """A page with the scripts, opened as a file."""
    root = tmp_path_factory.mktemp("site")
    folder = root / output.FOLDER
    shutil.copytree(STATIC, folder)
    places = {name: (f"{name}.html", title, "") for name, (title, _) in PAGES.items()}
    records = {name: [[*unit[:1], "x", *unit[1:]]] for name, (_, unit) in PAGES.items()}
    output.write(folder, *output.compile_index(records, places, TERMS))
    html = '<meta charset="utf-8"><a href="search.html" data-search-open>Tìm</a>'
    script = '<script defer src="_static/search/boot.js"></script>'
    (root / "index.html").write_text(html + script, "utf-8")
    for name in PAGES:
        (root / f"{name}.html").write_text(html + script, "utf-8")
    page = browser.new_page()
    page.goto((root / "index.html").as_uri())
    page.evaluate("hocsauSearch.load().then(() => hocsauSearch.index.load())")
    page.wait_for_function("hocsauSearch.index && hocsauSearch.index.complete")
    yield page
    page.close()


def letters():
    """Every Vietnamese letter with its bare form."""
    found = [("đ", "d")]
    for bare, shapes in VOWELS.items():
        for shape, tone in itertools.product(shapes, TONES):
            found.append((unicodedata.normalize("NFC", bare + shape + tone), bare))
    return found


def fold(page, text):
    return page.evaluate("t => hocsauSearch.fold.fold(hocsauSearch.fold.tidy(t))", text)


def urls(page, query):
    found = page.evaluate("q => hocsauSearch.search(q, 8).pages.map(p => p.url)", query)
    return [Path(url).stem for url in found]


@pytest.mark.browser
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_vietnamese_letter_folds(page, form):
    assert len(letters()) == 73
    for letter, bare in letters():
        for case in (letter, letter.upper()):
            assert fold(page, unicodedata.normalize(form, case)) == bare, case


@pytest.mark.browser
def test_folding_keeps_places_and_other_letters(page):
    text = "Đường ℝⁿ → σ(x), “mở” 😀 İ"
    folded = page.evaluate("t => hocsauSearch.fold.fold(t)", text)
    assert folded == "duong ℝⁿ → σ(x), “mo” 😀 i"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("typed", "text", "better_than"),
    [
        ("đạo", "đạo", "dạo"),  # the same marks before others
        ("dao", "dao", "đạo"),  # no marks: the bare word before marked ones
        ("đao", "đạo", "dào"),  # fewer marks agree, other ones do not
        ("hôi", "hồi", "hời"),
        ("hoà", "hòa", "hóa"),  # old and new place of the tone are the same
        ("thuý", "thúy", "thùy"),
    ],
)
def test_marks_that_agree_come_first(page, typed, text, better_than):
    agreement = "([a, b]) => hocsauSearch.fold.agreement(a, b, 0)"
    good = page.evaluate(agreement, [typed, text])
    assert good > page.evaluate(agreement, [typed, better_than])


@pytest.mark.browser
@pytest.mark.parametrize(
    "query", ["hồi quy", "hoi quy", "HỒI QUY", "hoi-quy", "hồi qu"]
)
def test_a_word_of_two_syllables_beats_its_scattered_syllables(page, query):
    assert urls(page, query)[:2] == ["hoi-quy", "roi-rac"]
    assert urls(page, unicodedata.normalize("NFD", query))[:1] == ["hoi-quy"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("đạo hàm", "dao-ham"),
        ("đào hầm", "dao-tao"),
        ("dao ham", None),
        ("gradient descent", "ha"),
        ("Gradient-Descent", "ha"),
        ("ha gradient", "ha"),
        ("backpropagation", "nguoc"),
        ("backpropa", "nguoc"),
        ("lan truyen nguoc", "nguoc"),
        ("nn.linear", "hoi-quy"),
        ("linear", "hoi-quy"),
        ("Tensor.backward", "nguoc"),
        ("gradeint", "ha"),  # two letters swapped
    ],
)
def test_first_answer(page, query, first):
    found = urls(page, query)
    assert found[0] == first if first else set(found[:2]) == {"dao-ham", "dao-tao"}


@pytest.mark.browser
@pytest.mark.parametrize("query", ["", "   ", "()", "\u0301", "?!", "xyzzyq", "💥"])
def test_no_answer_is_no_error(page, query):
    assert urls(page, query) == []


@pytest.mark.browser
def test_long_and_hostile_queries_are_harmless(page):
    assert urls(page, "hồi quy " * 400)[0] == "hoi-quy"
    page.evaluate("hocsauSearch.open('onerror alert')")
    page.wait_for_selector(".hs-unit")
    assert page.locator("dialog img").count() == 0
    assert "<img src=x" in page.locator(".hs-excerpt").first.inner_text()
    page.keyboard.press("Escape")


@pytest.mark.browser
def test_matches_are_marked(page):
    pieces = page.evaluate(
        "hocsauSearch.search('hoi quy', 1).pages[0].units[0].excerpt"
    )
    assert ["hồi quy", True] in pieces
    assert "".join(text for text, _ in pieces) == "Ta làm hồi quy trên dữ liệu này."


@pytest.mark.browser
def test_keyboard_opens_moves_and_goes(page):
    page.keyboard.press("Control+k")
    field = page.locator("dialog input")
    field.wait_for()
    assert field.evaluate("e => e === document.activeElement")
    page.keyboard.type("dao ham")
    page.wait_for_selector(".hs-page")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className") == "hs-page"
    page.keyboard.press("ArrowUp")
    assert field.evaluate("e => e === document.activeElement")
    page.keyboard.press("Escape")
    assert not field.is_visible()
    page.keyboard.press("/")
    field.wait_for()
    field.fill("nn.Linear")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hoi-quy.html")


def test_synonyms_of_an_absent_or_broken_glossary(tmp_path):
    assert synonyms.groups(tmp_path) == []
    place = tmp_path / "book/phu-luc/glossary.csv"
    place.parent.mkdir(parents=True)
    place.write_text("không phải bảng", "utf-8")
    assert synonyms.groups(tmp_path) == []
    head = "english,vietnamese,keep_english,alternates,sources,note,definition\n"
    row = "recurrent neural network (RNN),mạng hồi tiếp,no,mạng truy hồi,,,\n"
    place.write_text(head + row + "dropout,dropout,yes,,,,\n", "utf-8")
    assert synonyms.groups(tmp_path) == [
        ["recurrent neural network", "RNN", "mạng hồi tiếp", "mạng truy hồi"]
    ]
