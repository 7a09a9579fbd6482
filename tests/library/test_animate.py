"""The morph animation: what it stores, that it is self-contained, that it moves."""

import json
import re

import numpy as np
import pytest

from hocsau import animate


def frames(n=500, k=3):
    rng = np.random.default_rng(0)
    return [rng.normal(size=(n, 2)) for _ in range(k)]


def stored(markup):
    body = re.search(r'<script type="application/json">(.*?)</script>', markup, re.S)
    return json.loads(body[1])


def test_stored_integers_give_the_positions_back():
    F = frames(40)
    film = animate.morph(F, ["a", "b", "c"], lim=5)
    back = np.array(stored(film._repr_html_())["f"], dtype=float).reshape(3, 40, 2)
    back = (2 * back / animate.GRID - 1) * 5 * [1, -1]
    assert np.abs(back - np.stack(F)).max() <= 5 / animate.GRID + 1e-9


def test_weight_and_independence():
    markup = animate.morph(frames(500, 6), list("abcdef"))._repr_html_()
    assert len(markup.encode()) <= 60_000
    assert "http" not in markup
    assert not re.search(r"<(link|iframe|img)|\bsrc=|@import|url\(", markup)


def test_same_data_same_markup_and_other_data_other_id():
    one, two = (animate.morph(frames(), list("abc"))._repr_html_() for _ in "12")
    other = animate.morph(frames(499), list("abc"))._repr_html_()
    assert one == two
    ids = [re.search(r'id="(hs\w+)"', m)[1] for m in (one, other)]
    assert ids[0] != ids[1]


def test_labels_are_escaped():
    film = animate.morph(frames(5, 2), ["</script><b>", "x & y"], alt='"<i>')
    markup = film._repr_html_()
    assert "<b>" not in markup.replace('["<\\/script><b>', "")
    assert '"<i>' not in markup
    assert stored(markup)["l"] == ["</script><b>", "x & y"]


def test_still_shows_first_and_last_frame():
    F = [np.array([[-1.0, 0.0]]), np.array([[0.0, 1.0]])]
    markup = animate.morph(F, ["đầu", "cuối"], lim=1, y=[0])._repr_html_()
    still = re.search(r'<svg class="still".*?</svg>', markup, re.S)[0]
    assert "M0 500h0" in still and "M500 0h0" in still
    assert "đầu" in still and "cuối" in still


def test_groups_follow_direction_or_class():
    X = np.array([[1, 0.1], [-1, 0.1], [1, -0.1]])
    assert animate.hue_groups(X).tolist() == [0, 5, 11]
    film = animate.morph([X, X], ["a", "b"], y=[2, 0, 1])
    assert stored(film._repr_html_())["g"] == [2, 0, 1]


def test_text_fallback_names_the_frames():
    assert repr(animate.morph(frames(7), ["x", "y", "z"])).endswith("x → y → z")


@pytest.mark.parametrize("labels", [["a"], ["a", "b"]])
def test_wrong_number_of_labels(labels):
    with pytest.raises(ValueError, match="khung"):
        animate.morph(frames(5), labels)


def test_infinite_coordinates_are_refused():
    with pytest.raises(ValueError, match="vô cùng"):
        animate.morph([[[0, 0]], [[np.inf, 0]]], ["a", "b"])


@pytest.mark.browser
def test_slider_moves_points_without_any_request(browser):
    F = [np.array([[-1.0, 0.0]]), np.array([[0.0, 1.0]])]
    markup = animate.morph(F, ["đầu", "cuối"], lim=1, y=[0])._repr_html_()
    page, asked, errors = browser.new_page(), [], []
    page.on("request", lambda r: asked.append(r.url))
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.set_content(markup)
    dot = page.locator(".live g path")
    assert dot.get_attribute("d") == "M0.0 500.0h0"
    page.locator("input").fill("50")
    assert dot.get_attribute("d") == "M250.0 250.0h0"
    page.locator("input").fill("100")
    assert dot.get_attribute("d") == "M500.0 0.0h0"
    assert page.locator(".now").inner_text() == "cuối"
    assert not page.locator(".still").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".still").is_visible()
    page.emulate_media(media="screen")
    page.locator("button").click()
    page.wait_for_function("document.querySelector('input').value > 10")
    assert not asked and not errors
