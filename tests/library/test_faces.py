"""Drawn faces: traits follow the table, pictures follow the traits."""

import pytest
import torch

from hocsau.data import faces, sketch


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_group_rates_follow_the_table():
    mix = (0.7, 0.15, 0.1, 0.05)
    t = faces.sample_faces(20_000, mix=mix, closed=0.3, rng=rng())
    got = torch.bincount(t.group, minlength=4) / len(t)
    assert torch.allclose(got, torch.tensor(mix), atol=0.012)
    assert abs(t.closed.float().mean() - 0.3) < 0.012
    assert t.label.eq(1).all()


def test_traits_mean_what_their_names_say():
    t = faces.sample_faces(2000, mix=faces.BALANCED, rng=rng())
    assert t.tone[t.dark == 1].min() >= 0.7 > 0.3 >= t.tone[t.dark == 0].max()
    lean = t.angle.abs()
    assert lean[t.tilted == 1].min() > 0.4 > lean[t.tilted == 0].max()
    assert {-1.0, 1.0} == set(t.angle[t.tilted == 1].sign().tolist())


def test_objects_are_no_faces_and_come_in_every_kind_and_group():
    t = faces.sample_objects(4000, rng=rng())
    assert t.label.eq(0).all()
    for counts in (torch.bincount(t.kind), torch.bincount(t.group)):
        assert counts.min() > 0.8 * len(t) / len(counts)
    assert len(torch.bincount(t.kind)) == len(faces.KINDS)


@pytest.mark.parametrize("mix", [(0.5, 0.5), (0.5, 0.5, 0.5, -0.5), (1, 1, 0, 0)])
def test_a_table_that_is_none_is_refused(mix):
    with pytest.raises(ValueError, match="mix"):
        faces.sample_faces(3, mix=mix, rng=rng())


def test_pictures_have_the_range_and_repeat():
    t = faces.join(
        faces.sample_faces(30, rng=rng()), faces.sample_objects(30, rng=rng(1))
    )
    X = t.draw(32, rng=rng(2))
    assert X.shape == (60, 3, 32, 32) and X.dtype == torch.float32
    assert X.min() >= 0 and X.max() <= 1
    assert torch.equal(X, t.draw(32, rng=rng(2)))


def test_a_picture_does_not_depend_on_its_neighbours(monkeypatch):
    t = faces.sample_objects(40, rng=rng())
    whole = t.draw(32, rng=rng(1))
    monkeypatch.setattr(sketch, "CHUNK", 7)
    assert torch.allclose(whole, t.draw(32, rng=rng(1)))


def test_dark_faces_are_darker_where_the_face_is():
    t = faces.sample_faces(400, mix=faces.BALANCED, rng=rng())
    cheek = t.draw(32, rng=rng())[:, :, 13:19, 13:19].mean((1, 2, 3))
    assert cheek[t.dark == 1].max() < cheek[t.dark == 0].mean()


def test_closing_the_eyes_changes_the_eyes_only():
    t = faces.sample_faces(1, mix=(1, 0, 0, 0), closed=0, glasses=0, rng=rng())
    t.angle[:], t.center[:] = 0, 0
    awake = t.draw(64, rng=rng())
    t.closed[:] = 1
    rows = (awake - t.draw(64, rng=rng())).abs().amax((0, 1, 3)) > 0.05
    where = rows.nonzero()[:, 0]
    assert len(where) and where.min() > 20 and where.max() < 36


def test_turning_the_head_turns_the_picture():
    t = faces.sample_faces(1, mix=(1, 0, 0, 0), closed=0, rng=rng())
    t.center[:], t.angle[:] = 0, 0
    straight = t.draw(64, rng=rng())
    t.angle[:] = torch.pi / 2
    turned = t.draw(64, rng=rng())
    right = straight.rot90(-1, (2, 3))
    left = straight.rot90(1, (2, 3))
    err = min((turned - right).abs().mean(), (turned - left).abs().mean())
    assert err < 0.03 < (turned - straight).abs().mean()
