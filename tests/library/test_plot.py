"""The drawing style: sizes, determinism, what each helper draws."""

import io
import os

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from hocsau import plot

mpl.use("agg")


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    with plot.style():
        yield
    plt.close("all")


def test_figure_is_six_inches_wide_and_at_most_two_columns():
    fig, axes = plot.figure(3, 2, height=2.0)
    assert tuple(fig.get_size_inches()) == (6.0, 6.0) and axes.shape == (3, 2)
    with pytest.raises(ValueError, match="điện thoại"):
        plot.figure(1, 3)


def test_style_is_given_back(monkeypatch):
    before = mpl.rcParamsDefault["font.size"]
    with mpl.rc_context(mpl.rcParamsDefault):
        with plot.style():
            assert mpl.rcParams["font.size"] == plot.STYLE["font.size"]
        assert mpl.rcParams["font.size"] == before


def test_same_numbers_same_svg():
    def svg():
        fig, ax = plot.figure()
        plot.points(ax, [[0, 1], [1, 0]], [0, 1])
        plot.cloud(ax, [[0, 1], [1, 0]], [[1, 0, 0], [0, 1, 0]])
        out = io.StringIO()
        fig.savefig(out, format="svg")
        return out.getvalue()

    assert svg() == svg()


def test_use_style_fixes_the_date(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    backends = mpl.backend_bases._default_backends
    monkeypatch.setattr(mpl.backend_bases, "_default_backends", backends.copy())
    plot.use_style()
    assert os.environ["SOURCE_DATE_EPOCH"] == "0"


def test_band_draws_the_median_between_extremes():
    _, ax = plot.figure()
    plot.band(ax, [0, 1], [[0, 0], [1, 2], [5, 9]])
    assert ax.lines[0].get_ydata().tolist() == [1, 2]
    edge = ax.collections[0].get_paths()[0].vertices[:, 1]
    assert edge.min() == 0 and edge.max() == 9


def test_points_use_one_collection_a_class_with_legend_names():
    _, ax = plot.figure()
    plot.points(ax, np.eye(2), [3, 7], names=["ba", "bảy"])
    assert [c.get_label() for c in ax.collections] == ["ba", "bảy"]
    assert ax.collections[0].get_offsets().tolist() == [[1, 0]]


def test_position_colors_depend_on_direction_and_distance():
    rgb = plot.position_colors([[2, 0], [1, 0], [-2, 0], [0, 0]])
    assert rgb.shape == (4, 3) and rgb.min() >= 0 and rgb.max() <= 1
    assert np.ptp(rgb[0]) > np.ptp(rgb[1]) > 0
    assert not np.allclose(rgb[0], rgb[2])


def test_lines_arrows_square_marks():
    _, ax = plot.figure()
    plot.lines(ax, np.zeros((4, 3, 2)))
    assert len(ax.collections[0].get_segments()) == 4
    plot.arrows(ax, np.eye(2), names=["a", "b"])
    assert [t.get_text() for t in ax.texts] == ["", "a", "", "b"]
    plot.square(ax, 3, title="T")
    assert ax.get_xlim() == (-3, 3) and ax.get_title() == "T"
    assert ax.get_xticks().tolist() == ax.get_yticks().tolist()
    plot.arrows(ax, np.eye(2), color="black")
    assert {a.arrow_patch.get_edgecolor() for a in ax.texts[-2:]} == {(0, 0, 0, 1)}
    plot.optimum(plot.start(ax, 1, 2), 3, 4)
    assert [line.get_marker() for line in ax.lines] == ["o", "*"]


def test_regions_cover_the_requested_window():
    _, ax = plot.figure()
    seen = []

    def predict(G):
        seen.append(G)
        return (G[:, 0] > 0).astype(int)

    plot.regions(ax, predict, (-1, 1), (-2, 2), steps=5)
    assert seen[0].shape == (25, 2) and seen[0].min(0).tolist() == [-1, -2]
    assert ax.get_ylim() == (-2, 2)


def test_regions_use_exactly_the_colours_of_the_labels():
    fig, ax = plot.figure()
    plot.regions(ax, lambda G: 2 * (G[:, 0] > 0), (-1, 1), (-1, 1), steps=4)
    (mesh,) = ax.collections
    fig.canvas.draw()
    seen = {mpl.colors.to_hex(c) for c in mesh.get_facecolors().reshape(-1, 4)}
    assert seen == {plot.COLORS[0].lower(), plot.COLORS[2].lower()}


def test_network_is_drawn_bottom_up_with_every_edge():
    _, ax = plot.figure()
    plot.network(ax, [2, 4, 3], names=["vào", "ẩn", "ra"])
    heights = [set(c.get_offsets()[:, 1]) for c in ax.collections]
    assert heights == [{0.0}, {1.0}, {2.0}]
    assert len(ax.lines) == 2 * 4 + 4 * 3
    where = {t.get_text(): t.get_position()[1] for t in ax.texts}
    assert where["vào"] < where["ẩn"] < where["ra"]


def test_network_shortens_a_long_layer_and_says_its_size():
    _, ax = plot.figure()
    plot.network(ax, [2, 100, 3], most=5)
    assert len(ax.collections[1].get_offsets()) == 5
    assert "100 nút" in {t.get_text() for t in ax.texts}
    with pytest.raises(ValueError, match="tên"):
        plot.network(ax, [2, 3], names=["vào"])
