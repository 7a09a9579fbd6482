"""Vietnamese dictionary order: syllable by syllable, letter before tone."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS, 1)}
#: ngang, huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SYLLABLE = re.compile(r"[^\W_]+", re.UNICODE)


def key(text: str) -> tuple:
    """Sort key; ties (case, punctuation) break by the text itself."""
    syllables = _SYLLABLE.findall(unicodedata.normalize("NFC", text).lower())
    return tuple(_syllable(s) for s in syllables), text


def _syllable(syllable: str) -> tuple:
    tone, letters = 0, []
    for char in unicodedata.normalize("NFD", syllable):
        if char in _TONES:
            tone = _TONES[char]
        elif unicodedata.combining(char) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        else:
            letters.append(char)
    return tuple(map(_rank, letters)), tone


def _rank(letter: str) -> int:
    """Digits first, then Vietnamese letters, then any other script."""
    if letter.isdigit():
        return int(letter) - 10 if letter.isascii() else 0
    return _RANK.get(letter, 100 + ord(letter[0]))


def initial(text: str) -> str:
    """Letter under which a dictionary files ``text``; ``#`` for figures."""
    for char in unicodedata.normalize("NFC", text).lower():
        if char.isdigit():
            return "#"
        if char.isalpha():
            plain = "".join(
                c for c in unicodedata.normalize("NFD", char) if c not in _TONES
            )
            return unicodedata.normalize("NFC", plain).upper()
    return "#"
