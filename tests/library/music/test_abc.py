"""The ABC reader: pitches, lengths, bars, and errors that say where."""

import contextlib
from fractions import Fraction as F

import pytest

from hocsau.music import abc
from hocsau.music.fields import key_signature

HEAD = "X:1\nT:a\nM:4/4\nL:1/8\nK:{}\n"


def read(body, key="C"):
    return abc.parse(HEAD.format(key) + body)


def pitches(body, key="C"):
    return [n.pitch for n in read(body, key).notes]


def lengths(body):
    return [n.length for n in read(body).notes]


def test_pitches_by_octave():
    assert pitches("C,, C, C B c b c'|") == [36, 48, 60, 71, 72, 83, 84]


@pytest.mark.parametrize(
    ("key", "marks"),
    [
        ("C", {}), ("D", {"F": 1, "C": 1}), ("DMix", {"F": 1}), ("DDor", {}),
        ("Gm", {"B": -1, "E": -1}), ("A Dorian", {"F": 1}), ("Bb", {"B": -1, "E": -1}),
        ("F# Minor", {"F": 1, "C": 1, "G": 1}), ("C Mixolydian", {"B": -1}),
        ("E Phrygian", {}), ("F Lydian", {}), ("B Locrian", {}),
    ],
)  # fmt: skip
def test_key_signatures(key, marks):
    assert key_signature(key) == marks


def test_key_applies_and_accidentals_last_for_the_bar():
    assert pitches("F ^F F|F =F|", "D") == [66, 66, 66, 66, 65]
    assert pitches("F ^F F|F|") == [65, 66, 66, 65]
    assert pitches("^F f F, =f F|") == [66, 78, 54, 77, 65]  # in every octave


def test_lengths():
    eighth = F(1, 8)
    assert lengths("C C2 C/ C3/2 C// C/4 z2|") == [
        eighth * k for k in (1, 2, F(1, 2), F(3, 2), F(1, 4), F(1, 4), 2)
    ]


def test_broken_rhythm_keeps_the_sum():
    assert lengths("C>D E<F G>>A|") == [
        F(3, 16), F(1, 16), F(1, 16), F(3, 16), F(7, 32), F(1, 32),
    ]  # fmt: skip
    starts = [n.start for n in read("C>D E<F|").notes]
    assert starts == [0, F(3, 16), F(1, 4), F(5, 16)]


def test_triplet_takes_the_time_of_two():
    tune = read("(3CDE F|")
    assert [n.length for n in tune.notes] == [F(1, 12)] * 3 + [F(1, 8)]
    assert tune.bars[0].length == F(3, 8)


def test_bars_know_their_line_and_closing():
    tune = read("|:C4 D4|E8:|\nF8||G8|]")
    assert [b.length for b in tune.bars] == [1] * 4
    assert [b.line for b in tune.bars] == [6, 6, 7, 7]
    assert [b.closing for b in tune.bars] == ["|", ":|", "||", "|]"]


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("T:a\nK:C\nC|", 1, "X:"),
        ("X:1\nK:C\nC|", 3, "thiếu trường T:"),
        ("X:a\nT:a\nM:4/4\nL:1/8\nK:C\nC|", 1, "một số"),
        ("X:1\nT:a\nM:4/0\nL:1/8\nK:C\nC|", 3, "M:4/0"),
        ("X:1\nT:a\nM:4/4\nL:1/8\nK:H\nC|", 5, "K:H"),
        ("X:1\nT:a\nL:x\nM:4/4\nK:C\nC|", 3, "L:x"),
        ("X:1\nT:a\nM:4/4\nL:1/8\nK:C\nC|\nCs|", 7, "'s'"),
        ("X:1\nT:a\nM:4/4\nL:1/8\nK:C\nC0|", 6, "bằng 0"),
        ("X:1\nT:a\nM:4/4\nL:1/8\nK:C\n>C|", 6, "đứng sau"),
        ("X:1\nT:a\nM:4/4\nL:1/8\nK:C\nC|D", 6, "chưa đóng"),
        ("X:1\nT:a\nM:4/4\nL:1/8\nK:C\n", 1, "không có nốt"),
        ("", 1, "cần một trường"),
    ],
)
def test_errors_say_where(text, where, what):
    with pytest.raises(abc.AbcError, match=what) as found:
        abc.parse(text)
    assert found.value.line == where


def test_any_text_gives_a_tune_or_an_abc_error():
    import numpy as np

    rng = np.random.default_rng(0)
    signs = list("XTMLK:1/8CDEFGabc,'|]:[(3><^_=z \n.é\"{}")
    for _ in range(400):
        body = "".join(rng.choice(signs, size=40))
        for text in (body, HEAD.format("DDor") + body):
            with contextlib.suppress(abc.AbcError):
                abc.parse(text)
