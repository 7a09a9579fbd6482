"""Lighter SVG files: shorter text, smaller pictures, the same drawing."""

import base64
import io
import re
import xml.etree.ElementTree as ET

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib import backend_bases
from matplotlib.backends.backend_svg import FigureCanvasSVG
from PIL import Image

from hocsau import plot
from hocsau.plot import svg as plot_svg

mpl.use("agg")


@pytest.fixture
def drawing(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    monkeypatch.setattr(
        backend_bases, "_default_backends", backend_bases._default_backends.copy()
    )
    with plot.style():
        fig, (left, right) = plot.figure(1, 2)
        rng = np.random.default_rng(0)
        X = rng.normal(size=(200, 2))
        plot.cloud(left, X, plot.position_colors(X))
        plot.lines(right, rng.normal(size=(20, 30, 2)))
        right.set_title("σ₁ và Vᵀ")
        yield fig
    plt.close("all")


def written(fig, kind=io.StringIO):
    out = kind()
    fig.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def pictures(svg):
    for code in plot_svg.PICTURE.findall(svg):
        raw = base64.b64decode(code)
        yield np.asarray(Image.open(io.BytesIO(raw)).convert("RGBA"), dtype=float)


@pytest.mark.parametrize(
    "before, after",
    [("12.300001", "12.3"), ("-0.001", "0"), ("5.996", "6"), ("-7.126", "-7.13")],
)
def test_two_decimals(before, after):
    assert plot_svg.short(before) == after


def test_outline_keeps_commands_and_numbers_apart():
    assert plot_svg.outline("M 1.0001 -2 \nL 3 4 \nz\n") == "M1 -2L3 4z"


def test_half_the_weight_and_the_same_elements(drawing):
    heavy = written(drawing)
    plot_svg.use()
    light = written(drawing)
    assert len(light) < 0.65 * len(heavy)
    shapes = [[e.tag for e in ET.fromstring(s).iter()] for s in (heavy, light)]
    assert shapes[0] == shapes[1]


def test_no_coordinate_moves_visibly_and_scales_are_untouched(drawing):
    heavy = written(drawing)
    light = plot_svg.lighten(heavy)
    a, b = (
        [
            float(t)
            for d in plot_svg.OUTLINE.findall(s)
            for t in re.findall(r"-?\d+(?:\.\d+)?", d)
        ]
        for s in (heavy, light)
    )
    assert len(a) == len(b) and np.abs(np.subtract(a, b)).max() <= 0.00501
    scales = [re.findall(r'transform="[^"]*"', s) for s in (heavy, light)]
    assert scales[0] == scales[1]


def test_pictures_keep_size_and_nearly_their_colours(drawing):
    heavy = written(drawing)
    for a, b in zip(pictures(heavy), pictures(plot_svg.lighten(heavy)), strict=True):
        assert a.shape == b.shape
        a, b = (p[..., :3] * p[..., 3:] / 255 for p in (a, b))
        assert np.abs(a - b).mean() < 3


def test_registered_canvas_writes_text_bytes_and_is_deterministic(drawing):
    plot_svg.use()
    one, two, raw = written(drawing), written(drawing), written(drawing, io.BytesIO)
    assert one == two == raw.decode()
    assert issubclass(plot_svg.LightCanvas, FigureCanvasSVG)
