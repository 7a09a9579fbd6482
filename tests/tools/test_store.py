"""Records are whole or absent, whatever happens to the disk."""

import errno
import os
import time

import pytest

from hocsau_build import store
from hocsau_build.errors import BookError
from hocsau_build.store import Record, Store

KEY = "ab" + "0" * 62
RECORD = Record("book/a.md", [[], [{"output_type": "stream"}]], {"seconds": 1.5})


def test_round_trip(tmp_path):
    Store(tmp_path).put(KEY, RECORD)
    assert Store(tmp_path).get(KEY) == RECORD
    assert Store(tmp_path).get("cd" + KEY[2:]) is None


@pytest.mark.parametrize("damage", [b"", b"rubbish", b"\xff\xfe\n{}", None])
def test_damaged_record_is_a_miss_and_is_removed(tmp_path, damage):
    kept = Store(tmp_path)
    kept.put(KEY, RECORD)
    path = kept.path(KEY)
    path.write_bytes(path.read_bytes()[:-3] if damage is None else damage)
    assert kept.get(KEY) is None
    assert not path.exists()


def test_record_of_an_older_shape_is_a_miss(tmp_path):
    body = '{"page": "x", "cells": []}'
    path = Store(tmp_path).path(KEY)
    path.parent.mkdir(parents=True)
    path.write_text(f"{store._digest(body)}\n{body}")
    assert Store(tmp_path).get(KEY) is None


def test_full_disk_keeps_the_old_record_and_says_so(tmp_path, monkeypatch):
    kept = Store(tmp_path)
    kept.put(KEY, RECORD)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(BookError, match="đĩa đầy"):
        kept.put(KEY, Record("book/b.md", []))
    assert kept.get(KEY) == RECORD
    assert not list(tmp_path.rglob(".tmp-*"))


def test_prune_drops_only_what_nobody_used_for_a_month(tmp_path):
    kept = Store(tmp_path)
    kept.put(KEY, RECORD)
    assert kept.prune() == 0
    assert kept.prune(time.time() + 40 * 86400) == 1
    assert kept.get(KEY) is None
