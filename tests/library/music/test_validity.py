"""Verdicts on written tunes and the search for copied runs."""

import numpy as np
import pytest

from hocsau.data import abc_songs
from hocsau.music import validity
from hocsau.music.modes import KEYS, MODES, note, pitch_classes

SONGS = abc_songs.songs(60, rng=np.random.default_rng(1))
GOOD = SONGS[0].text


def test_the_grammar_writes_what_it_promises():
    for song in SONGS:
        report = validity.check(song.text)
        assert report.valid and report.home, report.problem
        assert report.four and report.form
    assert len({s.text for s in SONGS}) == 60
    assert {validity.abc.parse(s.text).fields["K"] for s in SONGS} == set(KEYS)


def test_grammar_bits_are_those_of_its_choices():
    for song in SONGS[:10]:
        x, t, unit, m, k, *phrases = song.line_bits
        assert x == pytest.approx(np.log2(900))
        assert t == pytest.approx(np.log2(3) + 6)
        assert (m, unit, k) == (1, 0, 0) and phrases[2] == 0
        assert all(p > 0 for i, p in enumerate(phrases) if i != 2)


def test_same_generator_same_songs():
    again = abc_songs.songs(60, rng=np.random.default_rng(1))
    assert [s.text for s in again] == [s.text for s in SONGS]


def test_steps_are_a_distribution_within_the_range():
    for at in range(abc_songs.LOW, abc_songs.HIGH + 1):
        steps = abc_songs.steps_from(at, strong=True)
        assert min(steps) >= abc_songs.LOW and max(steps) <= abc_songs.HIGH


def test_mode_spelling_sounds_the_mode():
    for key, (_, mode) in KEYS.items():
        text = f"X:1\nT:a\nM:5/8\nL:1/8\nK:{key}\n"
        tune = validity.abc.parse(text + "".join(note(key, i) for i in range(5)) + "|")
        home = tune.notes[0].pitch
        assert home == 62
        assert tuple(n.pitch - home for n in tune.notes) == mode.steps
        assert {n.pitch % 12 for n in tune.notes} == pitch_classes(key)


def test_measured_cents_round_to_the_steps():
    for mode in MODES:
        if mode.cents:
            rounded = tuple(round(c / 100) for c in mode.cents)
            assert rounded == mode.steps, mode.name


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (lambda t: t[:-2], "parses"),
        (lambda t: t.replace("|", "G2|", 1), "bars"),
        (lambda t: t.replace("|]", "^G4|]"), "mode"),
        (lambda t: t.rsplit("\n", 1)[0] + "\nA4 A4|A4 G4|]", "home"),
        (lambda t: t + "\nD4 D4|]", "four"),
        (lambda t: t + "\nD4 D4|]", "form"),
    ],
)
def test_each_fault_costs_its_point(change, lost):
    report = validity.check(change(GOOD))
    assert not getattr(report, lost)
    assert report.problem or lost in ("home", "four", "form")


def test_check_never_raises():
    for text in ("", "\n\n", "X:1", "K:D", GOOD[30:], "X:1\nT:a\n" * 3):
        assert not validity.check(text).valid
    for cut in range(len(GOOD)):
        validity.check(GOOD[:cut])


def test_unknown_key_is_no_mode():
    irish = "X:1\nT:a\nM:2/4\nL:1/8\nK:G Major\nGABc|]"
    report = validity.check(irish)
    assert report.parses and report.bars and not report.mode and not report.home


def test_longest_copy_against_the_plain_search():
    corpus = [s.text for s in SONGS[:20]]
    copies = validity.Copies(corpus)
    whole = "\n\n".join(validity.body(t) for t in corpus)
    for song in SONGS[20:30]:
        notes = validity.body(song.text)
        plain = max(
            j - i
            for i in range(len(notes))
            for j in range(i, len(notes) + 1)
            if notes[i:j] in whole
        )
        assert copies.longest(song.text) == plain
    assert copies.longest(corpus[3]) == len(validity.body(corpus[3]))
    assert copies.longest("X:1\nK:D\n@@") == 0
