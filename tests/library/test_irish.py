"""The course's own tunes: every tune once, and a wrong file is refused."""

import hashlib

import pytest

from hocsau.data import irish

FILE = "X:1\nT:a\nK:D\nD2|\n\nX:2\nT:b\nK:G\nG2|\n\nA2|]\n\n\nX:3\nK:C\nC|\n"


def test_every_tune_once_and_loose_pieces_join_the_tune_before():
    tunes = irish.split_tunes(FILE)
    assert len(tunes) == 3 and all(t.startswith("X:") for t in tunes)
    assert tunes[1].endswith("G2|\nA2|]")
    assert irish.split_tunes(FILE.replace("\n", "\r\n")) == tunes
    lines = [line for line in FILE.split("\n") if line]
    assert "\n".join(tunes).split("\n") == lines  # nothing lost, nothing twice


def test_a_known_file_loads_and_another_is_refused(tmp_path):
    path = tmp_path / "irish.abc"
    path.write_bytes(FILE.encode())
    digest = hashlib.sha256(FILE.encode()).hexdigest()
    assert len(irish.load(path, sha256=digest)) == 3
    with pytest.raises(ValueError, match="mã băm khác"):
        irish.load(path)


def test_without_a_network_the_error_names_the_place(tmp_path, monkeypatch):
    monkeypatch.setattr(irish, "cache_folder", lambda name: tmp_path)
    with pytest.raises(ConnectionError, match="irish"):
        irish.load(url="http://127.0.0.1:9/irish.abc")
