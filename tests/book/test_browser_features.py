"""What a reader does on a page, on the small book: fold, copy, hover, switch, print."""

import pytest

PAGE = "book/nyu/tuan-01/01-1-thu.html"
FONT = "document.fonts.check('16px \"{}\"', 'ạ ề ử ỗ ẵ đ ơ')"


@pytest.fixture
def tab(mini, views):
    view = views["desktop", "light"]
    view.renew()
    return view.open(mini, PAGE)


@pytest.fixture
def phone(mini, views):
    view = views["phone", "light"]
    view.renew()
    return view.open(mini, PAGE)


def test_the_small_book_is_quiet_in_every_view(mini, views):
    for view in views.values():
        view.open(mini, PAGE)
        assert view.wrong == [], view.name


def test_an_unknown_address_shows_our_page(mini, views):
    view = views["phone", "dark"]
    tab = view.open(mini, "khong/co/trang.html")
    assert "Không tìm thấy trang" in tab.inner_text("h1")
    tab.locator("[data-hocsau-search] input").wait_for()
    page_itself = "console error: Failed to load resource"
    assert [w for w in view.wrong if not w.startswith(page_itself)] == []


def test_the_page_works_from_a_disk(mini_html, browser):
    context = browser.new_context()
    tab, wrong = context.new_page(), []
    tab.on("console", lambda m: m.type == "error" and wrong.append(m.text))
    tab.on("requestfailed", lambda r: wrong.append(r.url))
    tab.on("pageerror", lambda e: wrong.append(str(e)))
    tab.goto((mini_html / PAGE).as_uri())
    tab.wait_for_load_state("networkidle")
    assert wrong == []
    family = tab.evaluate("getComputedStyle(document.body).fontFamily")
    assert family.startswith('"Be Vietnam Pro"')
    context.close()


def test_both_fonts_carry_vietnamese(tab):
    for family in ("Be Vietnam Pro", "JetBrains Mono"):
        assert tab.evaluate(FONT.format(family)), family


def test_the_theme_switch_cycles_and_remembers(tab):
    seen = []
    for _ in range(3):
        tab.click(".hs-theme")
        seen.append(tab.evaluate("document.documentElement.dataset.mode"))
    assert seen == ["dark", "light", "auto"]
    tab.click(".hs-theme")
    tab.reload()
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    assert tab.get_attribute(".hs-theme", "aria-label") == "Giao diện: tối"


def test_figures_stand_on_a_white_plate_in_the_dark(mini, views):
    tab = views["desktop", "dark"].open(mini, PAGE)
    back = "getComputedStyle(document.querySelector('figure img')).backgroundColor"
    assert tab.evaluate(back) == "rgb(255, 255, 255)"


def test_a_term_explains_itself_to_mouse_and_keyboard(tab):
    term = tab.locator(".hs-term", has_text="Hàm kích hoạt")
    tip = tab.locator("#tip-activation-function")
    assert not tip.is_visible()
    term.hover()
    assert "activation function" in tip.inner_text()
    tab.keyboard.press("Escape")
    assert not tip.is_visible()
    term.focus()
    assert tip.is_visible()
    assert term.get_attribute("aria-expanded") == "true"
    tab.keyboard.press("Escape")
    assert not tip.is_visible()


def test_a_tip_stays_on_the_phone_screen(phone):
    for term in phone.locator(".hs-term").all():
        term.click()
        box = phone.locator(".hs-tip:visible").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    phone.mouse.click(5, 5)
    assert phone.locator(".hs-tip:visible").count() == 0


def test_copying_an_embedded_cell_keeps_the_marker_only(mini, views):
    view = views["desktop", "light"]
    view.renew()
    tab = view.open(mini, PAGE)
    view.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell = tab.locator(".hs-embed").first
    cell.locator(".highlight").hover()
    cell.locator(".hs-copy").click()
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("# kim/autograd.py · Tensor.backward\ndef backward")
    assert "dòng" not in copied
    assert cell.locator(".hs-copy").inner_text() == "Đã chép"


def test_the_bar_says_less_on_a_phone(tab, phone):
    label = "getComputedStyle(document.querySelector('.hs-side a'), '::after').content"
    assert "dòng" in tab.evaluate(label) or "attr" in tab.evaluate(label)
    assert phone.evaluate(label) == '"↗"'


def test_folds_open_by_keyboard_and_by_address(mini, tab):
    fold = tab.locator(".solution details")
    assert fold.get_attribute("open") is None
    fold.locator("summary").focus()
    tab.keyboard.press("Enter")
    assert fold.get_attribute("open") is not None
    tab.goto(f"{mini.base}{PAGE}#sol-lr")
    tab.reload()
    assert tab.locator(".solution details").get_attribute("open") is not None


def test_wide_things_scroll_inside_their_box(phone):
    for selector in (".hs-eq-body", ".cell_input pre"):
        assert phone.evaluate(
            "s => [...document.querySelectorAll(s)].some(b => "
            "b.scrollWidth > b.clientWidth + 4 && b.tabIndex === 0)",
            selector,
        ), selector
    # Tables wrap on a phone; one that still is too wide must scroll in its box.
    for table in phone.locator("[class*=table-container]").all():
        table.scroll_into_view_if_needed()
        phone.wait_for_timeout(300)  # far sections are laid out when they come near
    assert phone.evaluate(
        "[...document.querySelectorAll('[class*=table-container]')].every(b => "
        "b.scrollWidth <= b.clientWidth + 4 || b.tabIndex === 0)"
    )


def test_the_book_menu_opens_on_a_phone(phone):
    nav = phone.locator(".bd-sidebar-primary")
    assert not nav.is_visible() or nav.bounding_box()["x"] < 0
    phone.click(".primary-toggle")
    phone.wait_for_timeout(400)
    assert nav.bounding_box()["x"] >= 0
    phone.keyboard.press("Escape")
    phone.wait_for_timeout(400)
    assert not nav.is_visible() or nav.bounding_box()["x"] < 0


def test_print_shows_the_text_alone_with_folds_open(tab):
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    assert tab.locator("details:not([open])").count() == 0
    for gone in (".bd-sidebar-primary", ".hs-launch", ".bd-header-article", ".hs-copy"):
        assert not tab.locator(gone).first.is_visible(), gone
    assert tab.locator("h1").first.is_visible()
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tab.locator("article details[open]").count() == 0
    tab.emulate_media(media="screen")


def test_a_foreign_request_and_an_error_are_noticed(mini, views):
    view = views["desktop", "light"]
    tab = view.open(mini, PAGE)
    assert view.wrong == []
    tab.evaluate("new Image().src = 'http://127.0.0.1:9/x.png'; console.error('hỏng')")
    tab.wait_for_timeout(300)
    assert any("gọi ra ngoài" in what for what in view.wrong)
    assert any("hỏng" in what for what in view.wrong)
