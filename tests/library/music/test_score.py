"""A tune on the page: what is drawn and heard, and the two copies of the player."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from hocsau.data import abc_songs
from hocsau.music import abc
from hocsau.music.modes import KEYS
from hocsau.music.player import PLAYER
from hocsau.music.score import SECONDS, Score

STATIC = Path(__file__).resolve().parents[3] / "book" / "_static"
SONGS = abc_songs.songs(20, rng=np.random.default_rng(3))
TEXT = "X:1\nT:a<b\nM:4/4\nL:1/8\nK:DDor\nD2 F2 z2 D,2|]"


def notes_in(html):
    return json.loads(re.search(r"'\),(\[\[.*?\]\])\);</script>", html)[1])


def test_same_tune_same_html():
    assert Score(TEXT)._repr_html_() == Score(TEXT)._repr_html_()
    assert Score(TEXT)._repr_html_() != Score(TEXT, measured=True)._repr_html_()


def test_html_shows_every_note_and_escapes_the_text():
    html = Score(TEXT)._repr_html_()
    assert html.count("<rect") == 4  # a rest keeps its place in the count
    assert "T:a&lt;b" in html and "a<b" not in html
    assert "<details>" in html and "<svg" in html
    assert not re.search(r'(src|href)="?http', html)


def test_player_gets_the_tune_in_seconds():
    notes = notes_in(Score(TEXT)._repr_html_())
    quarter = SECONDS / 4
    assert [n[0] for n in notes] == [62, 65, None, 50]
    assert [n[1] for n in notes] == pytest.approx([k * quarter for k in range(4)])
    assert [n[2] for n in notes] == pytest.approx([quarter] * 4)


def test_measured_tuning_moves_only_the_degrees_that_were_measured():
    for song in SONGS:
        key = abc.parse(song.text).fields["K"]
        plain = [n[0] for n in Score(song.text).seconds()]
        heard = [n[0] for n in Score(song.text, measured=True).seconds()]
        shifts = {(p - 62) % 12: round(100 * (h - p)) for p, h in zip(plain, heard)}  # noqa: B905
        cents = KEYS[key][1].cents
        if cents is None:
            assert set(shifts.values()) == {0}
        else:
            steps = KEYS[key][1].steps
            expected = {s: c - 100 * s for s, c in zip(steps, cents, strict=True)}
            assert shifts == {s: expected[s] for s in shifts}
            assert any(shifts.values())


def test_broken_tune_says_what_is_wrong_and_runs_nothing():
    score = Score(TEXT[:-2])
    assert "chưa đóng" in repr(score)
    html = score._repr_html_()
    assert "chưa đóng" in html and "script" not in html and "svg" not in html


def test_site_and_notebook_have_the_same_player():
    script = (STATIC / "hocsau-abc.js").read_text("utf-8")
    assert PLAYER in script
    assert f"const WHOLE = {SECONDS};" in script


def test_engraver_is_here_with_its_licence():
    assert (STATIC / "abcjs" / "abcjs-basic-min.js").stat().st_size > 400_000
    assert "MIT" in (STATIC / "abcjs" / "LICENSE.md").read_text("utf-8")
