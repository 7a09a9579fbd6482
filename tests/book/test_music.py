"""Tunes on a page: light until a staff is asked for, engraved, played, readable."""

import pytest

PAGE = "book/mit/lab1-2-sinh-nhac-bang-mang-hoi-tiep.html"
BOX = ".hs-abc"
STAFF = f"{BOX} button:text-is('Khuông nhạc')"
PLAY = f"{BOX} button:text-is('▶ Nghe'), {BOX} button:text-is('■ Dừng')"


@pytest.fixture
def fresh(views):
    view = views["desktop", "light"]
    view.renew()
    return view


def engraver(view):
    return [url for url in view.loaded if "/abcjs/" in url]


def test_the_engraver_loads_once_and_only_when_asked(site, fresh):
    tab = fresh.open(site, PAGE)
    tab.evaluate("scrollTo(0, document.body.scrollHeight)")
    tab.wait_for_load_state("networkidle")
    assert engraver(fresh) == []
    tab.locator(STAFF).first.click()
    tab.locator(f"{BOX} .abcjs-note").first.wait_for(state="attached")
    assert len(engraver(fresh)) == 1
    assert fresh.wrong == []


def test_every_tune_is_engraved_as_it_is_written(site, fresh):
    tab = fresh.open(site, PAGE)
    boxes = tab.locator(BOX)
    assert boxes.count() >= 4
    tab.locator(STAFF).first.click()
    for i in range(boxes.count()):
        box = boxes.nth(i)
        box.evaluate("b => { const d = b.closest('details'); if (d) d.open = true }")
        box.evaluate("b => b.scrollIntoView()")
        box.locator(".abcjs-note").first.wait_for(state="attached", timeout=10_000)
        drawn = box.locator(".abcjs-note, .abcjs-rest").count()
        assert drawn == box.locator(".hs-still rect").count()
    assert tab.locator(STAFF).count() == 0
    assert fresh.wrong == []


def test_play_starts_lights_the_notes_and_stops(site, fresh):
    tab = fresh.open(site, PAGE)
    button = tab.locator(PLAY).first
    button.click()
    assert button.inner_text() == "■ Dừng"
    tab.locator(f"{BOX} rect.on").first.wait_for(state="attached", timeout=10_000)
    button.click()
    assert button.inner_text() == "▶ Nghe"
    assert tab.locator(f"{BOX} .on").count() == 0
    assert fresh.wrong == []


def test_without_javascript_the_notes_and_the_text_remain(site, browser):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(site.base + PAGE)
    box = tab.locator(BOX).first
    assert box.locator("svg.hs-still").bounding_box()["height"] > 40
    box.locator("summary").click()
    assert box.locator("pre").inner_text().startswith("X:")
    assert box.locator("button").count() == 0
    context.close()
