"""Positions in storage agree with PyTorch; shared storage; the drawing."""

import pytest
import torch

from hocsau import layout

BASE = torch.arange(24).reshape(2, 3, 4)
VIEWS = [
    BASE,
    BASE.mT,
    BASE[:, 1:, ::2],
    BASE[1],
    BASE[1, 2, 3],
    BASE[:, :1].expand(2, 5, 4),
    BASE.flatten(),
    BASE.unfold(2, 2, 1),
    BASE[:0],
]


@pytest.mark.parametrize("T", VIEWS, ids=lambda T: str(tuple(T.shape)))
def test_positions_read_the_storage_back(T):
    place = layout.positions(T)
    assert place.shape == T.shape
    assert torch.equal(layout.memory(T)[place], T)


def test_only_views_share():
    M = torch.zeros(4, 4)
    assert layout.shares(M, M.T) and layout.shares(M[0], M[3])
    assert layout.shares(M, M.detach()) and layout.shares(M, M.float())
    for copy in (M.clone(), M[[0, 1]], M[M == 0], M.T.reshape(-1), M.double()):
        assert not layout.shares(M, copy)
    assert not layout.shares(torch.empty(0), torch.empty(0))


def test_memory_is_a_view():
    M = torch.arange(6.0).reshape(2, 3)
    layout.memory(M[:, 1])[0] = 9
    assert M[0, 0] == 9


def test_drawing_gives_one_storage_cell_one_colour(ax):
    M = torch.arange(6).reshape(2, 3)
    layout.draw(ax, M[:, 1:])
    faces = [p.get_facecolor()[:3] for p in ax.patches]
    assert len(faces) == 4 + 6
    table, strip = faces[:4], faces[4:]
    assert table == [strip[i] for i in (1, 2, 4, 5)]
    assert strip[0] == strip[3] == (1, 1, 1)
    assert [t.get_text() for t in ax.texts[:4]] == ["1", "2", "4", "5"]


def test_repeated_rows_have_the_same_colours(ax):
    layout.draw(ax, torch.arange(3).expand(2, 3))
    faces = [p.get_facecolor() for p in ax.patches]
    assert faces[:3] == faces[3:6] == faces[6:]


@pytest.mark.parametrize("shape", [(3,), (4, 4)])
def test_what_cannot_be_drawn_is_refused(ax, shape):
    with pytest.raises(ValueError, match="draw"):
        layout.draw(ax, torch.zeros(shape))
