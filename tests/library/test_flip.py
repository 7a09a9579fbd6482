"""The flip book: what it stores, that it is self-contained, that it refuses."""

import json
import re

import numpy as np
import pytest

from hocsau.flip import flip, levels, squares


def book(k=3):
    rng = np.random.default_rng(0)
    frames = [[rng.random((4, 5)), rng.random((2, 3))] for _ in range(k)]
    return frames, [f"khung {i}" for i in range(k)]


def test_levels_round_trip():
    panel = np.array([[0, 0.25, 0.5], [0.75, 1.0, 9.0]])
    assert levels(panel) == "012344"
    assert squares("0400", 2).count("M1 0h1v1h-1z") == 1


def test_stores_every_frame_and_is_self_contained():
    frames, names = book()
    markup = flip(frames, names, ["a", "b"], alt="thử")._repr_html_()
    body = re.search(r'<script type="application/json">(.*?)</script>', markup, re.S)
    data = json.loads(body[1])
    assert data["w"] == [5, 3] and data["l"] == names
    assert data["f"] == [[levels(p) for p in f] for f in frames]
    assert "http" not in markup and not re.search(r"<(link|iframe|img)|\bsrc=", markup)
    assert markup.count('class="still"') == 2  # first and last, for print
    assert markup == flip(frames, names, ["a", "b"], alt="thử")._repr_html_()


def test_refuses_frames_that_do_not_match():
    frames, names = book()
    with pytest.raises(ValueError, match="khung"):
        flip(frames, names[:2], ["a", "b"], alt="")
    frames[1][0] = np.zeros((9, 9))
    with pytest.raises(ValueError, match="đổi cỡ"):
        flip(frames, names, ["a", "b"], alt="")
