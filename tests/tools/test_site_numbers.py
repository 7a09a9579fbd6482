"""Numbers start from 1 on every page, in the order of the page."""

from hocsau_build.site.numbers import restart


def test_numbers_restart_and_keep_their_order():
    assert restart({"b": (17,), "a": (16,), "c": (30,)}) == {
        "a": (1,),
        "b": (2,),
        "c": (3,),
    }


def test_sectioned_numbers_restart_too():
    assert restart({"a": (2, 9), "b": (2, 10)}) == {"a": (1,), "b": (2,)}
