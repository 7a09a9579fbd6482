"""What a Vietnamese syllable may look like: onset, rime and tone, and where marks go.

Every legal spelling is made once, about 25 000 of them. A word with Vietnamese marks
that is not among them is a slip, unless it looks foreign (``Poincaré``, ``Hölder``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product


def _split(table: str) -> tuple[str, ...]:
    return tuple(table.split())


TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")  # ngang huyền sắc …
ONSETS = (
    *_split("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"),
    "",
)
#: Rimes in the spelling they have after most onsets; ``*`` marks where the tone goes.
RIMES = _split(
    """
a* a*c a*ch a*i a*m a*n a*ng a*nh a*o a*p a*t a*u a*y ă*c ă*m ă*n ă*ng ă*p ă*t â*c â*m
â*n â*ng â*p â*t â*u â*y e* e*c e*m e*n e*ng e*o e*p e*t ê* ê*ch ê*m ê*n ê*nh ê*p ê*t
ê*u i* i*a i*ch i*m i*n i*nh i*p i*t i*u iê*c iê*m iê*n iê*ng iê*p iê*t iê*u o* o*c
o*i o*m o*n o*ng o*p o*t oo*c oo*ng o*a oa*c oa*ch oa*i oa*m oa*n oa*ng oa*nh oa*o
oa*p oa*t oa*y oă*c oă*m oă*n oă*ng oă*p oă*t o*e oe*n oe*o oe*t ô* ô*c ô*i ô*m ô*n
ô*ng ô*p ô*t ơ* ơ*i ơ*m ơ*n ơ*p ơ*t u* u*a u*c u*i u*m u*n u*ng u*p u*t uô*c uô*i uô*m
uô*n uô*ng uô*t uâ* uâ*n uâ*ng uâ*t uâ*y uê* uê*ch uê*n uê*nh uê*t uê*u uơ* u*y uy*a
uy*ch uy*n uy*nh uy*p uy*t uy*u uyê*n uyê*t ư* ư*a ư*c ư*i ư*m ư*n ư*ng ư*t ư*u ươ*c
ươ*i ươ*m ươ*n ươ*ng ươ*p ươ*t ươ*u y*
"""
)
BARE_ONLY = _split("yê*m yê*n yê*ng yê*t yê*u y*t")
QU = _split(
    """
a* a*c a*ch a*i a*n a*ng a*nh a*o a*t a*u a*y ă*c ă*m ă*n ă*ng ă*p ă*t â*n â*ng â*t
â*y e* e*n e*o e*t ê* ê*ch ê*n ê*nh ê*t ê*u i* i*t iê*t ơ* ơ*n ơ*t ô*c y* y*ch y*n
y*nh y*t yê*n yê*t
"""
)
#: After the onset ``gi`` the vowel i is written once.
GI = _split("i* i*n i*ch iê*c iê*ng iê*t")
NEW_STYLE = {"o*a": "oa*", "o*e": "oe*", "u*y": "uy*"}
STOPS = re.compile(r"(?:c|ch|p|t)$")
FRONT = tuple("eêiy")
#: Typed the wrong way round at the end of a word: ``khôgn``, ``tíhn``.
ENDS = re.compile(r"(g|h)(n|c)$")


@lru_cache(1)
def legal() -> frozenset[str]:
    """Every legal spelling in lower case, either style of oa, oe, uy."""
    out = set()
    for onset, rime in _pairs():
        for shape in {rime, NEW_STYLE.get(rime, rime)}:
            for tone in TONES:
                if STOPS.search(rime) and tone not in ("\u0301", "\u0323"):
                    continue
                out.add(unicodedata.normalize("NFC", onset + shape.replace("*", tone)))
    return frozenset(out)


def _pairs():
    """Onsets with the rimes that may follow them."""
    for onset, rime in product(ONSETS, RIMES):
        front = rime.startswith(FRONT)
        if onset == "qu" or (onset == "gi" and rime[0] in "iy"):
            continue
        if onset in ("k", "gh", "ngh") and not front:
            continue
        if onset in ("c", "g", "ng") and front:
            continue
        yield onset, rime
    yield from (("qu", rime) for rime in QU)
    yield from (("g", rime) for rime in GI)
    yield from (("", rime) for rime in BARE_ONLY)


@lru_cache(1)
def frames() -> dict[str, tuple[str, ...]]:
    """Legal spellings by what is left when every mark is taken away."""
    out: dict[str, list[str]] = {}
    for word in legal():
        out.setdefault(bare(word), []).append(word)
    return {key: tuple(sorted(words)) for key, words in out.items()}


def bare(word: str) -> str:
    """Lower case without marks; đ becomes d."""
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(65536)
def slip(word: str) -> bool:
    """Whether the word carries Vietnamese marks and cannot be a syllable."""
    if word.isascii():
        return False
    low = word.lower()
    if low in legal():
        return False
    odd = {c for c in low if not c.isascii()}
    if any(_foreign(c) for c in odd):
        return False
    if bare(low) in frames():
        return True
    if not word[0].islower():
        return False  # a name
    # No syllable even without its marks: ``nghành``, ``khôgn``, or a loanword.
    return (
        any(_own(c) for c in odd)
        or re.sub(r"(.)\1", r"\1", bare(low)) in loose()
        or ENDS.sub(r"\2\1", bare(low)) in frames()
    )


@lru_cache(1)
def loose() -> frozenset[str]:
    """Bare spellings with any onset before any rime: ``nghanh``, ``ke``, ``ca``."""
    return frozenset(
        onset + bare(rime.replace("*", "")) for onset, rime in product(ONSETS, RIMES)
    )


def _foreign(letter: str) -> bool:
    """A letter that Vietnamese does not have."""
    return letter not in _letters()


@lru_cache(1)
def _letters() -> frozenset[str]:
    return frozenset("".join(legal()))


def _own(letter: str) -> bool:
    """A letter that marks Vietnamese: ơ, ư, đ, ă, or a tone on a marked vowel."""
    plain = unicodedata.normalize("NFD", letter)
    return letter in "đơưă" or "\u0323" in plain or "\u0309" in plain or len(plain) > 2


def repairs(word: str, most: int = 3) -> list[str]:
    """Legal spellings of the same letters, closest marks first."""
    low = unicodedata.normalize("NFC", word.lower())
    want = sorted(_marks(low))

    def far(other: str) -> tuple:
        have = sorted(_marks(other))
        same = sum(a == b for a, b in zip(low, other, strict=False))
        missing = [m for m in want if m not in have]
        extra = [m for m in have if m not in want]
        return len(missing) * 2 + len(extra), -same, other in _new(), other

    found = sorted(frames().get(bare(low), ()), key=far)
    best = [w for w in found if far(w)[0] <= far(found[0])[0] + 1] if found else []
    return best[:most]


@lru_cache(1)
def _new() -> frozenset[str]:
    from .spelling import TONE_STYLE

    return frozenset(w for w in legal() if TONE_STYLE.search(w))


def _marks(word: str) -> list[str]:
    plain = unicodedata.normalize("NFD", word.replace("đ", "d\u0335"))
    return [c for c in plain if unicodedata.combining(c)]
